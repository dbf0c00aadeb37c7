/** Finding an entry of a catalogue by its id, with a suggestion where there is none. */

import { UserError } from '../spec/errors.js';

/** @throws UserError that names the nearest id, where the catalogue has no such entry */
export function entry<T extends { readonly id: string }>(
  kind: string,
  catalogue: readonly T[],
  id: string,
): T {
  const found = catalogue.find((one) => one.id === id);
  if (found) return found;
  const nearest = catalogue.toSorted((a, b) => distance(a.id, id) - distance(b.id, id))[0];
  const hint = nearest ? `Did you mean ${nearest.id}?` : `There are no ${kind}s yet.`;
  throw new UserError(`The mock knows no ${kind} named ${JSON.stringify(id)}.`, hint);
}

/** Levenshtein's distance: how many letters to insert, drop or exchange. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const exchanged = (row[column - 1] ?? 0) + (to[column - 1] === letter ? 0 : 1);
      next.push(Math.min(exchanged, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
