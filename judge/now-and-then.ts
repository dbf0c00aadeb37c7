/** What fails now and then: each time it was asked again with success, and together the failures are no chance. */

import type { Run } from '../fixtures/run.js';

/** Fewer may be the network's. */
const FEWEST = 3;
const SMALLEST_SHARE = 0.005;

/** Enters silences on fresh connections as a breach where they are too many for chance. */
export function judgeSilences({ silences, sender, ledger }: Run): void {
  if (ledger.isBroken('answer.received')) return;
  if (silences.length < FEWEST || silences.length < sender.count * SMALLEST_SHARE) return;
  for (const { exchange, origin } of silences) {
    ledger.broke('answer.received', exchange.circumstances);
    const actual = exchange.failure?.message ?? 'nothing';
    const breach = {
      requirement: 'answer.received',
      expected: 'an answer, every time',
      actual,
      exchange,
      trail: [],
      ofState: false,
    };
    ledger.find(breach, origin);
  }
}

/** So much rarer details fail for active sessions where it is the cancellation that they fail for. */
const RARER = 10;

/** Enters details that fail for cancelled sessions again and again, and hardly ever for active ones. */
export function judgeDetails({ sessions, ledger }: Run): void {
  const { active, cancelled } = sessions.details.reads;
  const share = ({ count, failed }: typeof active) => failed / Math.max(1, count);
  const { lastFailure } = cancelled;
  if (lastFailure === null || !sessions.details.usable || cancelled.failed < FEWEST) return;
  if (share(cancelled) < SMALLEST_SHARE || share(cancelled) < RARER * share(active)) return;
  const { exchange, trail } = lastFailure;
  ledger.broke('cancel.details-remain', exchange.circumstances);
  const breach = {
    requirement: 'cancel.details-remain',
    expected: 'details that tell a status, every time',
    actual: `${exchange.response?.status} without a status, ${cancelled.failed} times`,
    exchange,
    trail,
    ofState: false,
  };
  ledger.find(breach, { caseName: 'cancel.lasting', path: null, example: null });
}
