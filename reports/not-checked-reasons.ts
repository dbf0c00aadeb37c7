/** What was not checked, put together by the reason. */

import { BROKE_OFF, LEFT_OUT } from '../spec/reasons.js';
import { grouped } from './grouped.js';
import { NOT_PLAYED, NOT_SHOWN, type VerdictRequirement } from './verdict.js';

/** Reasons that the user knows already, in words behind a count: what they hold for is not listed. */
export const KNOWN_REASONS: Readonly<Record<string, string>> = {
  [LEFT_OUT]: 'left out by --only',
  [BROKE_OFF]: 'not reached before the run ended',
  [NOT_SHOWN]: 'that only cancel-conformance run can ask for',
  [NOT_PLAYED]: 'of scenarios that were not played (--scenario all)',
};

/** @returns the requirements that were not checked by reason, in the order of the catalogue */
export function byReason(
  requirements: readonly VerdictRequirement[],
): ReadonlyMap<string, readonly VerdictRequirement[]> {
  const open = requirements.filter(({ status }) => status === 'not-checked');
  return grouped(open, ({ reason }) => reason ?? 'No reason is known.');
}
