/** A variant: a named way in which the mock is unusual and still keeps the contract. */

import type { Change, Settings } from './behaviour.js';

export interface Variant {
  readonly id: string;
  readonly statement: string;
  readonly changes: readonly Change[];
  readonly settings: Partial<Settings>;
  /** ids of requirements of the level `should` that it does not keep: conformant, but not under `--strict` */
  readonly disregards: readonly string[];
}
