/** What a command says where it could not do its work, and the exit status that goes with it. */

import { explanation } from './explanation.js';

/** It could not be judged; never a verdict on the target. */
export const NOT_JUDGED = 2;

export function complain(error: unknown): void {
  process.stderr.write(`cancel-conformance: ${explanation(error)}\n`);
}
