/** An oracle: a check that holds for every exchange of the operation, a pure function of one answer. */

import type { Answer } from './answer.js';

/** How an answer breaks a requirement. */
export interface Objection {
  readonly expected: string;
  readonly actual: string;
  /** A JSON pointer to what is wrong in the body, where it is one place of it. */
  readonly pointer?: string;
}

export interface Oracle {
  /** The requirement that it checks. */
  readonly requirement: string;
  /** @returns `holds`, what is wrong, or null where the answer is none that the requirement speaks of */
  judge(answer: Answer): 'holds' | Objection | null;
}

/** The usual end of an oracle. */
export function unless(
  holds: boolean,
  expected: string,
  actual: string,
  pointer?: string,
): 'holds' | Objection {
  if (holds) return 'holds';
  return pointer === undefined ? { expected, actual } : { expected, actual, pointer };
}
