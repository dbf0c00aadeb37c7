/** Before the first case: can the target be reached, are the credentials right, can a session be made, do details work. */

import { randomUUID } from 'node:crypto';
import { Client, type Manner, type Subject } from '../fixtures/client.js';
import { anotherOfTheClient, noAuthorization } from '../fixtures/credentials.js';
import type { Run } from '../fixtures/run.js';
import { randomReference } from '../fixtures/sessions/initiating.js';
import type { Session } from '../fixtures/sessions/session.js';
import { NoAnswer, NotOffered } from '../fixtures/stops.js';
import { isBrief, NO_TOKEN, type Token } from '../fixtures/tokens.js';

/** @throws BrokeOff or UserError in a sentence with what to do */
export async function preflight(run: Run): Promise<void> {
  const session = await firstSession(run);
  if (session !== null) await learnFrom(run, session);
  // Asked early, so that a session command that is broken is told before anything else is asked.
  for (const status of ['Expired', 'Completed', 'Failed'] as const) await run.sessions.supplied.ended(status);
}

async function learnFrom(run: Run, session: Session): Promise<void> {
  await run.sessions.details.learn(session);
  if (!run.sessions.details.usable)
    run.ledger.notChecked(
      'cancel.details-remain',
      'There are no Session Details that work for active sessions.',
    );
  await run.hostedPage.find(session.id);
  if (isBrief(session.token)) await learnReach(run, session);
  run.idle.giveBack(session);
}

/** Learns whether another token of the client may cancel the session: only then can sessions outlive their tokens. */
async function learnReach(run: Run, session: Session): Promise<void> {
  const another = await run.tokens.issue(session.client);
  const authorization = anotherOfTheClient(another.value);
  if ((await statusOf(run, session, { authorization })) === 200)
    run.sessions.reach.noteCancel(session, another.value);
}

/** @returns null where none is to be had of a target that answers Cancel Session all the same, as a stateless mock does */
async function firstSession(run: Run): Promise<Session | null> {
  const { sessions } = run;
  const make = () => sessions.make({ referenceId: randomReference() });
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof NotOffered)) throw error;
    if (run.settings.target.supply !== null) {
      sessions.useSupplied();
      return make();
    }
    if (!(await answersCancel(run))) throw error;
    sessions.goWithout(
      `The target initiates no sessions (${error.operation} answered ${error.status}), and none was supplied.`,
    );
    return null;
  }
}

const DECLARED = [200, 400, 401];

/** A wrong base path has no Authorize either; what answers a cancel as the contract has it is no wrong base path. */
async function answersCancel(run: Run): Promise<boolean> {
  const token = await tokenOf(run);
  const nobody = { id: randomUUID(), token: token ?? NO_TOKEN, kind: 'unknown' };
  const status = await statusOf(run, nobody, token === null ? { authorization: noAuthorization } : {});
  return status !== null && DECLARED.includes(status);
}

/** What a cancel is answered, which nobody judges; null for no answer. */
async function statusOf(run: Run, subject: Subject, manner: Manner): Promise<number | null> {
  const client = new Client(run, 'pool', true, () => {});
  try {
    return (await client.cancel(subject, manner)).response?.status ?? null;
  } catch (error) {
    if (error instanceof NoAnswer) return null;
    throw error;
  }
}

/** Null where the target issues none. */
async function tokenOf({ tokens }: Run): Promise<Token | null> {
  try {
    return await tokens.any('main');
  } catch (error) {
    if (!(error instanceof NotOffered)) throw error;
    tokens.goWithout(`No token is to be had: Authorize answered ${error.status}.`);
    return null;
  }
}
