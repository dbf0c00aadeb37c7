/** An oracle: a check that holds for every exchange of the operation, a pure function of one answer. */

import type { Answer } from './answer.js';

/** How an answer breaks a requirement. */
export interface Objection {
  readonly expected: string;
  readonly actual: string;
}

export interface Oracle {
  /** The requirement that it checks. */
  readonly requirement: string;
  /** @returns `holds`, what is wrong, or null where the answer is none that the requirement speaks of */
  judge(answer: Answer): 'holds' | Objection | null;
}

/** The usual end of an oracle. */
export function unless(holds: boolean, expected: string, actual: string): 'holds' | Objection {
  return holds ? 'holds' : { expected, actual };
}
