/** What a command says where it could not do its work. */

import { explanation } from './explanation.js';

export function complain(error: unknown): void {
  process.stderr.write(`cancel-conformance: ${explanation(error)}\n`);
}
