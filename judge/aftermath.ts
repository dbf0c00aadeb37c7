/** The aftermath of a run: every session that it made is looked at once more, and none is left active. */

import type { Manner } from '../fixtures/client.js';
import type { Exchange } from '../fixtures/exchange.js';
import { Lane } from '../fixtures/lane.js';
import type { Run } from '../fixtures/run.js';
import { mayHaveTimedOut, type Session } from '../fixtures/sessions/session.js';
import { type EndedStatus, requirementOf } from '../fixtures/sessions/supplied.js';
import { isStop } from '../fixtures/stops.js';
import { Trial } from '../fixtures/trial.js';

const SIDE_BY_SIDE = 8;
const LAST_RACERS = 3;

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
  if (!(signal?.aborted ?? false))
    for (const [status, session] of await run.sessions.supplied.asked())
      await lookAtEnded(run, status, session);
  return left;
}

/** A session that was Expired, Completed or Failed still is, unless a cancel of it was accepted, which was told then. */
async function lookAtEnded(run: Run, status: EndedStatus, session: Session): Promise<void> {
  const last = session.trail.findLast(({ operation }) => operation === 'cancel');
  if (last === undefined || session.state !== status) return;
  const requirement = requirementOf(status);
  await inTrial(run, requirement, (trial) => trial.check(requirement).reads(session, status, last));
}

/** @returns whether the session is active no more */
async function lookAt(run: Run, session: Session, hurry: boolean): Promise<boolean> {
  const isOver = await inTrial(run, session.usedBy ?? 'cancel.lasting', async (trial) => {
    if (session.state !== 'cancelled') return cleanedUp(trial, session, hurry);
    if (!hurry) await stillCancelled(trial, session);
    return true;
  });
  return isOver ?? session.state === 'cancelled';
}

/** @returns undefined where it did not get to its end: one silence is no finding, and there is no second try here */
async function inTrial<T>(
  run: Run,
  caseName: string,
  look: (trial: Trial) => Promise<T>,
): Promise<T | undefined> {
  const origin = { caseName, path: null, example: null };
  const trial = new Trial(new Lane(run, caseName, 0), origin, 'pool', false);
  try {
    return await look(trial);
  } catch (error) {
    if (!isStop(error)) throw error;
    return undefined;
  } finally {
    for (const breach of trial.breaches) run.ledger.find(breach, origin);
  }
}

/** A session cancelled some time ago is still Cancelled, and refused. */
async function stillCancelled(trial: Trial, session: Session): Promise<void> {
  if (!trial.run.sessions.reach.canSpeakFor(session)) return;
  const answer = await trial.client.cancel(session);
  trial.check('cancel.twice').status(answer, 400);
  const lasting = trial.check('cancel.lasting');
  const status = await trial.run.sessions.details.read(session);
  if (status !== null)
    lasting.that(status === 'Cancelled', 'Cancelled at the end of the run', status, answer, session);
  else if (!trial.run.sessions.details.usable) lasting.status(answer, 400);
}

/** A session that nobody cancelled is still active, and is cancelled now: as a last race where there is time for one. */
async function cleanedUp(trial: Trial, session: Session, hurry: boolean): Promise<boolean> {
  const { sessions, settings } = trial.run;
  const held = session.state === 'active' && session.underWay === 0;
  if (session.doubts.length > 0 && held) {
    await trial.settle(session);
    return true;
  }
  const tells = held && sessions.reach.canSpeakFor(session);
  const racers = tells && !hurry ? Math.min(LAST_RACERS, settings.limits.concurrency) : 1;
  const answers =
    racers > 1
      ? await trial.client.cancelTogether(session, new Array<Manner>(racers).fill({}))
      : [await trial.client.cancel(session)];
  const statuses = answers.map(({ response }) => response?.status ?? 0);
  if (tells) await judgeEnd(trial, session, answers);
  return statuses.every((status) => status === 200 || status === 400);
}

async function judgeEnd(trial: Trial, session: Session, answers: readonly Exchange[]): Promise<void> {
  const shown = answers.find(({ response }) => response?.status !== 400) ?? answers[0];
  if (shown === undefined) return;
  const statuses = answers.map(({ response }) => response?.status ?? 0);
  if (statuses.every((status) => status === 400)) {
    await judgeEndedEarly(trial, session, shown);
    return;
  }
  trial.check('cancel.success').that(statuses.includes(200), '200', String(shown.response?.status), shown);
  const winner = answers.find(({ response }) => response?.status === 200);
  if (winner !== undefined) await trial.check('cancel.immediate').reads(session, 'Cancelled', winner);
  if (answers.length > 1) trial.check('cancel.concurrent').wonOnce(answers, shown, session);
}

/** The session was active no more before anybody cancelled it: a late effect of what was refused last, or of other cancels. */
async function judgeEndedEarly(trial: Trial, session: Session, shown: Exchange): Promise<void> {
  const { sessions } = trial.run;
  const { lastRefusal } = session;
  if (!sessions.everCancelled) {
    trial.check('cancel.success').status(shown, 200);
    return;
  }
  if (mayHaveTimedOut(session, await sessions.details.read(session))) return;
  const check = lastRefusal === null ? trial.check('cancel.only-that-session') : trial.lateCheck(lastRefusal);
  const cause = lastRefusal?.exchange ?? shown;
  check.that(false, 'a session that nobody cancelled to be active', 'active no more', cause, session);
}
