/** Cancelling a session in some manner, and what must follow from the state that it was in. */

import type { Manner } from '../../fixtures/client.js';
import type { Exchange } from '../../fixtures/exchange.js';
import type { Session } from '../../fixtures/sessions/session.js';
import { needsTimeLeft } from '../../fixtures/sessions/time-left.js';
import { NotThis } from '../../fixtures/stops.js';
import type { TrialFixtures } from '../../fixtures/trial.js';

type Told = Pick<TrialFixtures, 'client' | 'check' | 'run'>;

/** An active session is answered 200, and is over at once. */
export async function succeeds(told: Told, session: Session, manner: Manner = {}): Promise<Exchange> {
  if (session.state !== 'active')
    throw new NotThis('The session was no longer active, which this check begins with.');
  const answer = await told.client.cancel(session, manner);
  if (!(await hasSucceeded(told, session, answer))) session.state = 'lost';
  return answer;
}

/** The cancel of an active session was answered 200, and the session is over at once. */
export async function hasSucceeded(told: Told, session: Session, answer: Exchange): Promise<boolean> {
  await needsTimeLeft(told, session, [answer]);
  const holds = told.check('cancel.success').status(answer, 200);
  if (holds) await isOver(told, session, answer);
  return holds;
}

/** The first read behind a 200 says Cancelled; where there are no details, the first cancel behind it is refused. */
export async function isOver(
  { client, check, run }: Told,
  session: Session,
  answer: Exchange,
): Promise<void> {
  if (run.sessions.details.usable) await check('cancel.immediate').reads(session, 'Cancelled', answer);
  else if (run.sessions.reach.canSpeakFor(session))
    check('cancel.immediate').status(await client.cancel(session), 400);
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
  told: Told,
  session: Session,
  manner: Manner,
  requirement: string,
  refusals: readonly number[],
): Promise<Exchange> {
  const answer = await told.client.cancel(session, manner);
  await needsTimeLeft(told, session, [answer]);
  told.check(requirement).status(answer, 200, ...refusals);
  if (answer.response?.status === 200) await isOver(told, session, answer);
  else await told.check(requirement).stillActive(session, answer);
  return answer;
}

/** Of several cancels of an active session at once one is answered 200 and the others 400; of one that is over, all 400. */
export async function winsOnce(
  told: Told,
  session: Session,
  manners: readonly Manner[],
): Promise<readonly Exchange[]> {
  const active = session.state === 'active';
  const answers = await told.client.cancelTogether(session, manners);
  if (!active) {
    for (const answer of answers) told.check('cancel.twice').status(answer, 400);
    return answers;
  }
  await needsTimeLeft(told, session, answers);
  const winner = answers.find(({ response }) => response?.status === 200);
  const shown = answers.findLast(({ response }) => response?.status !== 400) ?? answers.at(-1);
  if (shown === undefined) return answers;
  const holds = told.check('cancel.concurrent').wonOnce(answers, shown, session);
  if (!holds) session.state = 'lost';
  else if (winner !== undefined) await isOver(told, session, winner);
  return answers;
}
