/** The aftermath of a run: every session that it made is looked at once more, and none is left active. */

import type { Run } from '../fixtures/run.js';
import type { Session } from '../fixtures/sessions.js';
import { NoAnswer } from '../fixtures/stops.js';
import { isFresh } from '../fixtures/tokens.js';
import { Trial } from '../fixtures/trial.js';

const SIDE_BY_SIDE = 8;

/**
 * @returns the ids of sessions that could not be cleaned up
 */
export async function aftermath(run: Run, signal: AbortSignal | undefined): Promise<string[]> {
  const sessions = [...run.sessions.made];
  const left: string[] = [];
  async function lane(): Promise<void> {
    for (let session = sessions.shift(); session !== undefined; session = sessions.shift()) {
      if (!(await lookAt(run, session, signal?.aborted ?? false))) left.push(session.id);
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
  return left;
}

/** @returns whether the session is active no more */
async function lookAt(run: Run, session: Session, hurry: boolean): Promise<boolean> {
  const origin = { caseName: 'cancel.lasting', path: null, example: null };
  const trial = new Trial(run, origin, 'pool', false);
  try {
    if (session.state === 'cancelled') {
      if (!hurry) await stillCancelled(trial, session);
      return true;
    }
    return await cleanedUp(trial, session);
  } catch (error) {
    // One silence is no finding, and at the end of a run there is no second try.
    if (error instanceof NoAnswer) return session.state === 'cancelled';
    return false;
  } finally {
    for (const breach of trial.breaches) run.ledger.find(breach, origin);
  }
}

/** A session cancelled some time ago is still Cancelled, and refused. */
async function stillCancelled(trial: Trial, session: Session): Promise<void> {
  if (!isFresh(session.token)) return;
  const answer = await trial.client.cancel(session);
  trial.check('cancel.twice').status(answer, 400);
  const status = await trial.run.sessions.read(session);
  if (status !== null) {
    trial
      .check('cancel.lasting')
      .that(status === 'Cancelled', 'Cancelled at the end of the run', status, answer, session);
  }
}

/** A session that nobody cancelled is still active, and is cancelled now. */
async function cleanedUp(trial: Trial, session: Session): Promise<boolean> {
  const held = session.state === 'active' && session.underWay === 0;
  if (session.doubts.length > 0 && held) {
    await trial.settle(session);
    return true;
  }
  const answer = await trial.client.cancel(session);
  const status = answer.response?.status ?? 0;
  if (held && trial.run.sessions.canSpeakFor(session)) {
    const actual = `${status}: it was active no more`;
    if (status === 400)
      trial
        .check('cancel.only-that-session')
        .that(false, 'a session that nobody cancelled to be active', actual, answer, session);
    else trial.check('cancel.success').status(answer, 200);
  }
  return status === 200 || status === 400;
}
