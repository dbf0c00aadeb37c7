/** Selects what a run judges: requirements by id or prefix, and the cases that verify them. */

import { UserError } from '../spec/errors.js';
import type { Requirement } from '../spec/requirements.js';
import type { Case } from './gather.js';
import type { Replay } from './replay.js';

/** `cancel.success` names itself and everything below it. */
function names(only: string, id: string): boolean {
  return id === only || id.startsWith(only.endsWith('.') ? only : `${only}.`);
}

/**
 * @param only ids or prefixes; none selects all
 * @throws UserError where one of them matches nothing
 */
export function selectorOf(
  only: readonly string[],
  requirements: readonly Requirement[],
): (id: string) => boolean {
  for (const wanted of only) {
    if (!requirements.some(({ id }) => names(wanted, id))) {
      throw new UserError(
        `No requirement has the id or prefix "${wanted}".`,
        'cancel-conformance requirements lists them.',
      );
    }
  }
  return (id) => only.length === 0 || only.some((wanted) => names(wanted, id));
}

/**
 * The cases to tell: those that verify something selected; all of them where only oracles verify it.
 *
 * @throws UserError where the replay names no case
 */
export function casesFor(
  cases: readonly Case[],
  selected: (id: string) => boolean,
  replay: Replay | null,
): readonly Case[] {
  if (replay !== null) {
    const one = cases.filter(({ name }) => name === replay.caseName);
    if (one.length === 0) {
      throw new UserError(
        `No case is named "${replay.caseName}".`,
        'Replay with the version that made the verdict.',
      );
    }
    return one;
  }
  const verifying = cases.filter(({ ids }) => ids.some(selected));
  return verifying.length > 0 ? verifying : cases;
}
