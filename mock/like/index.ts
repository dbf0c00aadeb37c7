/** Likeness: the mock answers as a service that was judged, wherever contract and rulings leave it a choice. */

import type { Change, Settings } from '../behaviour.js';
import { bodies } from './bodies.js';
import { delivery } from './delivery.js';
import { type Observation, Observed } from './observed.js';
import { requests } from './requests.js';
import { lifetime, mintedTokens } from './tokens.js';

export type { Observation } from './observed.js';

export interface Likeness {
  readonly changes: readonly Change[];
  readonly settings: Partial<Settings>;
  /** What is not imitated and why, a sentence each. */
  readonly notImitated: readonly string[];
}

/** Imitates nothing that would break the contract. How fast answers come, and limits, are not observed. */
export function likenessOf(observations: readonly Observation[]): Likeness {
  const observed = new Observed(observations);
  const changes = [
    ...mintedTokens(observed),
    ...bodies(observed),
    ...requests(observed),
    ...delivery(observed),
  ];
  const settings = lifetime(observed);
  return { changes, settings, notImitated: observed.notImitated() };
}
