/** Whether `--only` and `--replay` name something: a mistake there is told before anything is touched. */

import { allCases } from '../judge/gather.js';
import { parseReplay } from '../judge/replay.js';
import { casesFor, selectorOf } from '../judge/select.js';
import { UserError } from '../spec/errors.js';
import { nearest } from '../spec/nearest.js';
import { loadRequirements, type Requirement } from '../spec/requirements.js';

/** @throws UserError that names what matches nothing, with the nearest that would */
export async function assertSelection(only: readonly string[], replay: string | null): Promise<void> {
  const requirements = loadRequirements();
  for (const wanted of only) assertKnown(wanted, requirements);
  if (replay !== null) casesFor(await allCases(), selectorOf(only, requirements), parseReplay(replay));
}

function assertKnown(wanted: string, requirements: readonly Requirement[]): void {
  try {
    selectorOf([wanted], requirements);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const ids = requirements.map(({ id }) => id);
    throw new UserError(error.sentence, `Did you mean ${nearest(wanted, ids)}? ${error.hint}`);
  }
}
