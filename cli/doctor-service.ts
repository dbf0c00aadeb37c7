/** The steps of `doctor` that ask the service: tokens, sessions, details, cancel, and what will not be checked. */

import { plans } from '../fixtures/depth.js';
import { type Exchange, headerValue } from '../fixtures/exchange.js';
import { Lane } from '../fixtures/lane.js';
import type { Run } from '../fixtures/run.js';
import { randomReference } from '../fixtures/sessions/initiating.js';
import type { Session } from '../fixtures/sessions/session.js';
import { NoAnswer } from '../fixtures/stops.js';
import { Trial } from '../fixtures/trial.js';
import { counted } from '../reports/plain-text.js';
import type { Tell } from './doctor-step.js';

/** Beyond it, times that a token or a report names are misleading. */
const MOST_SKEW_S = 30;

/** @throws BrokeOff where the service does not go along, with what to do */
export async function diagnoseService(run: Run, exchanges: readonly Exchange[], tell: Tell): Promise<void> {
  const hasTokens = run.tokens.canIssue('main');
  const lifetimeMs = hasTokens ? await tellToken(run, tell) : Number.POSITIVE_INFINITY;
  if (!hasTokens) tell('Authorize', 'note', 'not called: there are no credentials');
  const session = await run.sessions.make({ referenceId: randomReference() });
  tellClock(exchanges, tell);
  if (hasTokens) await tellInitiate(run, session, tell);
  else tell('Initiate', 'note', `not called: session ${session.id} was supplied with its token`);
  const { details } = run.sessions;
  await details.learn(session);
  if (details.usable) tell('details', 'ok', `an active session is ${details.activeStatus}`);
  else
    tell(
      'details',
      'note',
      'Session Details do not work; state is told by further cancels',
      'Nothing to do: cancel.details-remain will be not-checked.',
    );
  await tellPage(run, session, tell);
  await tellCancel(run, session, tell);
  tellLimits(run, exchanges, tell);
  await tellUnchecked(run, lifetimeMs, tell);
}

/** @returns how long a token lives, in milliseconds */
async function tellToken(run: Run, tell: Tell): Promise<number> {
  const { lifetimeMs } = await run.tokens.issue('main');
  if (run.tokenSource === 'given') tell('Authorize', 'ok', 'not called: a token was given');
  else if (Number.isFinite(lifetimeMs)) tell('Authorize', 'ok', `a token lives ${lifetimeMs / 1000} seconds`);
  else tell('Authorize', 'ok', 'a token, that does not say how long it lives');
  return lifetimeMs;
}

async function tellInitiate(run: Run, session: Session, tell: Tell): Promise<void> {
  tell('Initiate', 'ok', `made session ${session.id}`);
  const reusable = await run.sessions.makeAnotherWith(session);
  if (reusable) tell('token reuse', 'ok', 'one token initiates several sessions');
  else if (run.tokenSource === 'Authorize') tell('token reuse', 'ok', 'a token initiates one session');
  else
    tell(
      'token reuse',
      'note',
      'a token initiates one session, so that a run gets one session by the token that was given',
      'Set CONFORMANCE_USERNAME and CONFORMANCE_PASSWORD for one token a session.',
    );
}

function tellClock(exchanges: readonly Exchange[], tell: Tell): void {
  const last = exchanges.findLast(({ response }) => response !== null);
  const date = last?.response ? headerValue(last.response.headers, 'date') : null;
  if (last === undefined || date === null || Number.isNaN(Date.parse(date))) {
    tell('clock', 'note', 'the target does not say what time it is');
    return;
  }
  const skew = Math.round((Date.parse(date) - (last.startedAt + last.durationMs)) / 1000);
  if (Math.abs(skew) <= MOST_SKEW_S) tell('clock', 'ok', 'the same as here, within 30 seconds');
  else
    tell(
      'clock',
      'note',
      `${Math.abs(skew)} seconds ${skew > 0 ? 'ahead of' : 'behind'} this machine's`,
      'Set the clock that is wrong.',
    );
}

async function tellPage({ hostedPage }: Run, { id }: Session, tell: Tell): Promise<void> {
  await hostedPage.find(id);
  const { whyNot } = hostedPage;
  if (whyNot === null) tell('hosted page', 'ok', 'there is one; it is judged from depth standard on');
  else tell('hosted page', 'note', `${whyNot} page.… will be not-checked`);
}

async function tellCancel(run: Run, session: Session, tell: Tell): Promise<void> {
  const trial = new Trial(
    new Lane(run, 'doctor', 0),
    { caseName: 'doctor', path: null, example: null },
    'pool',
    false,
  );
  try {
    const { response } = await trial.client.cancel(session);
    const status = response?.status;
    if (status === 200) tell('cancel', 'ok', 'answered 200');
    else if (status === 404)
      tell('cancel', 'failed', 'answered 404', 'Check the base path, and that the operation is deployed.');
    else tell('cancel', 'note', `answered ${status}, where 200 was due`, 'A run will say more.');
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    tell('cancel', 'failed', error.message, 'Check that the operation is deployed, and --timeout.');
  }
}

function tellLimits({ sender }: Run, exchanges: readonly Exchange[], tell: Tell): void {
  const limits = exchanges.flatMap(({ response }) =>
    (response?.headers ?? []).filter(([name]) => /^(x-)?ratelimit/i.test(name)),
  );
  const [first] = limits;
  if (sender.throttled > 0)
    tell(
      'rate limits',
      'note',
      `${counted(sender.throttled, 'answer')} with 429`,
      'Lower --rate and --concurrency.',
    );
  else if (first !== undefined)
    tell('rate limits', 'note', `announced: ${first.join(': ')}`, 'Keep --rate below it.');
  else tell('rate limits', 'ok', 'none seen');
}

async function tellUnchecked(run: Run, lifetimeMs: number, tell: Tell): Promise<void> {
  if (run.tokens.canIssue('other')) {
    await run.tokens.issue('other');
    tell('second client', 'ok', 'Authorize answers it');
  } else
    tell(
      'second client',
      'note',
      'none; checks across clients will be not-checked',
      'Set CONFORMANCE_OTHER_USERNAME and CONFORMANCE_OTHER_PASSWORD.',
    );
  const waits = Object.entries(plans).find(([, { patienceMs }]) => lifetimeMs <= patienceMs);
  if (waits === undefined)
    tell(
      'expiry',
      'note',
      'tokens live too long, or for nobody knows how long: token.expired will be not-checked',
    );
  else tell('expiry', 'ok', `token.expired is checked from depth ${waits[0]} on`);
  for (const status of ['Expired', 'Completed', 'Failed'] as const) {
    const supplied = await run.sessions.supplied.ended(status);
    if (supplied !== null) tell(status, 'ok', `session ${supplied.id} was supplied`);
    else
      tell(
        status,
        'note',
        `no session that is ${status}; cancel.${status.toLowerCase()} will be not-checked`,
        'Supply one with CONFORMANCE_SESSION_COMMAND, or with "sessions" in the configuration.',
      );
  }
}
