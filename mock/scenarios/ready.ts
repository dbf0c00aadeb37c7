/** The ready scenarios: what may happen to a client that cancels a session. */

import type { Scenario, Turn } from '../scenario.js';

type Rest = Partial<Pick<Scenario, 'endless' | 'detailsLag' | 'exit'>>;

const scenario = (
  name: string,
  statement: string,
  cancels: readonly Turn[],
  { endless = false, detailsLag = 0, exit = 0 }: Rest = {},
): Scenario => ({ name, statement, cancels, endless, detailsLag, exit });

export const readyScenarios: readonly Scenario[] = [
  scenario('already-cancelled', 'The session was cancelled by someone else.', [{ session: 'Cancelled' }]),
  scenario('expires-meanwhile', 'The session is Expired by then.', [{ session: 'Expired' }]),
  scenario('token-expires', 'The token is refused from the first cancel on, and a new one works.', [
    { token: 'ends' },
  ]),
  scenario('token-refused', 'Every token is refused, without end.', [{ token: 'refused' }], {
    endless: true,
    exit: 'any',
  }),
  scenario('reset-before-cancel', 'The connection is reset and nothing was cancelled; the next try works.', [
    { reset: 'before' },
  ]),
  scenario('reset-after-cancel', 'The session is cancelled and the connection reset before the answer.', [
    { reset: 'after' },
  ]),
  scenario('slow', 'The answer takes 1.5 seconds.', [{ delay: 1500 }]),
  scenario('throttled', '429 comes twice, each with a Retry-After of one second.', [
    { answer: 429, retryAfter: 1 },
    { answer: 429, retryAfter: 1 },
  ]),
  scenario('three-503', '503 comes three times.', [{ answer: 503 }, { answer: 503 }, { answer: 503 }]),
  scenario('unavailable', '503 comes without end.', [{ answer: 503 }], { endless: true, exit: 'any' }),
  scenario('details-lag', 'Details say Initiated for one second after the session was cancelled.', [], {
    detailsLag: 1000,
  }),
];
