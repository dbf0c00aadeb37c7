/** Cancelling a session in some manner, and what must follow from the state that it was in. */

import type { Manner } from '../../fixtures/client.js';
import type { Exchange } from '../../fixtures/exchange.js';
import type { Session } from '../../fixtures/sessions.js';
import type { TrialFixtures } from '../../fixtures/trial.js';

type Told = Pick<TrialFixtures, 'client' | 'check'>;

/** An active session is answered 200, and the first read behind it says Cancelled. */
export async function succeeds(
  { client, check }: Told,
  session: Session,
  manner: Manner = {},
): Promise<Exchange> {
  const answer = await client.cancel(session, manner);
  if (check('cancel.success').status(answer, 200))
    await check('cancel.immediate').reads(session, 'Cancelled', answer);
  else session.state = 'lost';
  return answer;
}

/** A session that is cancelled already is answered 400. */
export async function isRefused(
  { client, check }: Told,
  session: Session,
  manner: Manner = {},
): Promise<Exchange> {
  const answer = await client.cancel(session, manner);
  check('cancel.twice').status(answer, 400);
  return answer;
}

/**
 * A manner that nobody asked for: the session is cancelled, or it is refused and stays active.
 *
 * @param requirement broken by a 5xx, and by a refusal that cancelled all the same
 * @param refusals statuses that are right beside 200
 */
export async function succeedsOrRefuses(
  { client, check }: Told,
  session: Session,
  manner: Manner,
  requirement: string,
  refusals: readonly number[],
): Promise<Exchange> {
  const answer = await client.cancel(session, manner);
  check(requirement).status(answer, 200, ...refusals);
  if (answer.response?.status === 200) await check('cancel.immediate').reads(session, 'Cancelled', answer);
  else await check(requirement).stillActive(session, answer);
  return answer;
}
