/** A fault: a named way in which the mock breaks the contract. */

import type { Change } from './behaviour.js';

export interface Fault {
  readonly id: string;
  /** ids of `spec/requirements.yaml`; the first is the one meant to catch it */
  readonly breaks: readonly string[];
  readonly statement: string;
  readonly change: Change;
}
