/** A scenario: what happens to the first cancels of each session, so that a client shows how it takes it. */

import { setTimeout as pause } from 'node:timers/promises';
import { problemAnswer } from './answers.js';
import { type Answer, type Call, type Change, instead } from './behaviour.js';
import { method, withValidToken } from './conditions.js';
import type { Session, SessionStatus } from './sessions.js';
import { render } from './steps.js';

/** What happens to one cancel. */
export type Turn =
  /** It is answered with this status, and cancels nothing. */
  | { readonly answer: number; readonly retryAfter?: number }
  /** The connection is reset, before or after the session was cancelled. */
  | { readonly reset: 'before' | 'after' }
  /** The answer takes so many milliseconds. */
  | { readonly delay: number }
  /** The session has come to this status by then. */
  | { readonly session: Exclude<SessionStatus, 'Initiated'> }
  /** The token that came with it ends, or any token is refused. */
  | { readonly token: 'ends' | 'refused' };

export interface Scenario {
  readonly name: string;
  /** One sentence. */
  readonly statement: string;
  /** The first cancels of each session, in turn. */
  readonly cancels: readonly Turn[];
  /** Whether the last of them is repeated without end; else everything is as ever behind it. */
  readonly endless: boolean;
  /** Milliseconds after a cancellation for which details still say Initiated. */
  readonly detailsLag: number;
  /** How a client that handles it ends: with exit status 0, or in whatever way, so long as it ends. */
  readonly exit: 0 | 'any';
}

/** Marks what a scenario makes of an answer; the proxy takes it off. */
export const SCENARIO_HEADER = 'x-conformance-scenario';

/** @returns changes that play it; each call of this function begins it anew */
export function playing(scenario: Scenario): readonly Change[] {
  const played = new WeakMap<Session, number>();
  const resets = new WeakSet<Call>();
  const lagging = new WeakSet<Call>();
  const mark = (answer: Answer): Answer => ({
    ...answer,
    headers: { ...answer.headers, [SCENARIO_HEADER]: scenario.name },
  });
  return [
    instead('serve', async (call, operation, ordinary) => {
      if (operation === 'details' && isRecent(call.subject, scenario.detailsLag)) {
        lagging.add(call);
        return mark(await ordinary());
      }
      const turn = await nextTurn(scenario, call, played);
      if (turn === undefined) return ordinary();
      if ('reset' in turn) resets.add(call);
      return mark(await play(turn, call, ordinary));
    }),
    instead('describe', async (call, _session, ordinary) =>
      lagging.has(call) ? { ...(await ordinary()), status: 'Initiated' } : ordinary(),
    ),
    instead('send', (call, _answer, ordinary) => {
      if (!resets.has(call)) return ordinary();
      call.response.socket?.resetAndDestroy();
      return undefined;
    }),
  ];
}

const isPost = method('POST');

/** A cancel that the operation refuses for its token, or that names no session, uses no turn up. */
async function nextTurn(
  { cancels, endless }: Scenario,
  call: Call,
  played: WeakMap<Session, number>,
): Promise<Turn | undefined> {
  const { operation, subject } = call;
  if (operation !== 'cancel' || subject === undefined || !(await isPost(call))) return undefined;
  if (!(await withValidToken(call))) return undefined;
  const position = played.get(subject) ?? 0;
  played.set(subject, position + 1);
  return cancels[position] ?? (endless ? cancels.at(-1) : undefined);
}

async function play(turn: Turn, call: Call, ordinary: () => Promise<Answer>): Promise<Answer> {
  if ('answer' in turn) {
    const { answer, retryAfter } = turn;
    const headers = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
    return problemAnswer(answer, 'Not now', headers);
  }
  if ('reset' in turn) return turn.reset === 'before' ? problemAnswer(503, 'Never sent') : ordinary();
  if ('delay' in turn) {
    const answer = await ordinary();
    await pause(turn.delay, undefined, { ref: false });
    return answer;
  }
  if ('session' in turn) {
    const { sessions } = call.world;
    if (call.subject?.status === 'Initiated') sessions.overwrite(call.subject, turn.session);
    return ordinary();
  }
  if (turn.token === 'refused') return render(call, { kind: 'unauthorized' });
  const token = await call.steps.authenticate(call, call.request.authorization);
  if (token !== undefined) call.world.tokens.end(token);
  return ordinary();
}

function isRecent(session: Session | undefined, milliseconds: number): boolean {
  return performance.now() - (session?.cancelledAt ?? Number.NEGATIVE_INFINITY) < milliseconds;
}
