/** Finding an entry of a catalogue by its id, with a suggestion where there is none. */

import { UserError } from '../spec/errors.js';
import { nearest } from '../spec/nearest.js';

/** @throws UserError that names the nearest id, where the catalogue has no such entry */
export function entry<T extends { readonly id: string }>(
  kind: string,
  catalogue: readonly T[],
  id: string,
): T {
  const found = catalogue.find((one) => one.id === id);
  if (found) return found;
  const ids = catalogue.map((one) => one.id);
  throw new UserError(
    `The mock knows no ${kind} named ${JSON.stringify(id)}.`,
    `Did you mean ${nearest(id, ids)}?`,
  );
}
