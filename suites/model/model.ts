/** The model of the service: what contract and page say that its sessions are, whatever was called and in which order. */

import type { Exchange } from '../../fixtures/exchange.js';
import { randomReference } from '../../fixtures/sessions/initiating.js';
import type { Order, Session } from '../../fixtures/sessions/session.js';
import { NotThis, NotToBeHad } from '../../fixtures/stops.js';
import type { TrialFixtures } from '../../fixtures/trial.js';

/** `unknown` once the target did not do as the model says. */
type Status = 'active' | 'cancelled' | 'unknown';

/** What a client knows that read the contract: the sessions of a life in the order of their making. */
export interface Model {
  readonly statuses: Status[];
}

/** The target, and the sessions there that the model speaks of. */
export interface Target {
  readonly told: TrialFixtures;
  readonly sessions: Session[];
  /** The referenceId of all that have a common one. */
  readonly common: string;
}

/** How a session is asked for. */
export interface Opening {
  /** Whether it has the common referenceId, one of its own, or none. */
  readonly reference: 'common' | 'own' | 'none';
  readonly order: Order;
}

/** More would only be read over and over. */
export const MOST_SESSIONS = 3;

/** A new session is active. Where the run may make no more, a life begins with one that stands idle or was cancelled before, and goes on without. */
export async function open({ reference, order }: Opening, model: Model, target: Target): Promise<void> {
  const referenceId = { common: target.common, own: randomReference(), none: undefined }[reference];
  const { sessions } = target.told;
  const isFirst = target.sessions.length === 0;
  const session =
    (await orNone(sessions.active({ referenceId, order }))) ??
    (isFirst ? ((await orNone(sessions.active())) ?? (await sessions.cancelled())) : null);
  if (session === null) return;
  target.sessions.push(session);
  model.statuses.push(session.state === 'cancelled' ? 'cancelled' : 'active');
}

async function orNone(made: Promise<Session>): Promise<Session | null> {
  try {
    return await made;
  } catch (error) {
    if (!(error instanceof NotToBeHad) || error instanceof NotThis) throw error;
    return null;
  }
}

/** The session that a command means: commands are made before it is known how many there are. */
export function meant(which: number, { statuses }: Model, { sessions }: Target) {
  const at = which % sessions.length;
  const session = sessions[at];
  const status = statuses[at];
  if (session === undefined || status === undefined) throw new Error('A life has a session.');
  return { session, status, at };
}

/**
 * Whether the target agrees with the model, of every session so far.
 *
 * @param asked the session that a refusal named, and the requirement that it had no effect; null behind a cancel
 */
export async function agrees(
  model: Model,
  { told, sessions }: Target,
  answer: Exchange,
  asked: { readonly at: number; readonly requirement: string } | null,
): Promise<void> {
  await Promise.all(
    sessions.map(async (session, at) => {
      const requirement = at === asked?.at ? asked.requirement : 'cancel.only-that-session';
      if (model.statuses[at] === 'active') await told.check(requirement).stillActive(session, answer);
      else if (model.statuses[at] === 'cancelled')
        await told.check('cancel.lasting').reads(session, 'Cancelled', answer);
      if (session.state === 'lost') model.statuses[at] = 'unknown';
    }),
  );
}
