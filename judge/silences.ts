/** Answers that failed to come now and then: each was told again with success, and together they are no chance. */

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
