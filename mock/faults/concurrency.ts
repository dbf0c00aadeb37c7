/** Faults that it takes several cancels of one session at once to see. */

import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { json, problemAnswer } from '../answers.js';
import {
  type Answer,
  type Call,
  type Change,
  type Condition,
  instead,
  type Outcome,
  type World,
  when,
} from '../behaviour.js';
import {
  always,
  asksFor,
  ofNoReference,
  ofReferenceLike,
  succeeded,
  unauthorized,
  withAnotherToken,
  withBody,
  withClientId,
} from '../conditions.js';
import type { Session } from '../sessions.js';
import type { Token } from '../tokens.js';
import { aside, fault, inCancel, later, ownersToken, terminating } from './define.js';

const concurrent = 'cancel.concurrent';

/** How long the others get to come in; 0: until the next turn of the event loop. */
const gap = async (milliseconds: number): Promise<void> => {
  if (milliseconds === 0) await turn();
  else await pause(milliseconds);
};

/** Looks at the state, waits, and cancels whatever happened in between. */
const race = (milliseconds: number, condition: Condition = always): Change =>
  terminating(async ({ world }, session) => {
    if (session.status !== 'Initiated') return false;
    await gap(milliseconds);
    world.sessions.overwrite(session, 'Cancelled');
    return true;
  }, condition);

/** So many cancels of the session are under way; the wait is so that the others have come in. */
export const crowdOf =
  (size: number, milliseconds = 3): Condition =>
  async ({ subject }) => {
    const before = subject?.underWay ?? 0;
    await gap(milliseconds);
    return Math.max(before, subject?.underWay ?? 0) >= size;
  };

const crowdedRace = (size: number): Change =>
  terminating(async (call, session, ordinary) => {
    if (session.status !== 'Initiated' || !(await crowdOf(size)(call))) return ordinary();
    call.world.sessions.overwrite(session, 'Cancelled');
    return true;
  });

/** Other answers for those that come out so in a crowd. */
const inCrowd = (kind: 'cancelled' | 'not-active', by: (call: Call) => Answer): Change =>
  inCancel('serve', async (call, _operation, ordinary) => {
    const crowded = await crowdOf(2)(call);
    const ordinaryAnswer = await ordinary();
    return crowded && call.outcome?.kind === kind ? by(call) : ordinaryAnswer;
  });

/** What code holds in one place for all requests, where each should have its own. */
const latestOutcome = new WeakMap<World, Outcome>();
const crowds = new WeakMap<World, { size: number; token: Token | undefined }>();

/** Looks and changes under a lock that is not the session's, so that only what has the key in common waits. */
const lockedBy = (key: (call: Call) => string): Change =>
  terminating(async (call, session) => {
    const held = locksOf.get(session) ?? new Map<string, Promise<unknown>>();
    locksOf.set(session, held);
    const waited = held.get(key(call)) ?? Promise.resolve();
    const done = waited.then(async () => {
      if (session.status !== 'Initiated') return false;
      await gap(15);
      call.world.sessions.overwrite(session, 'Cancelled');
      return true;
    });
    held.set(key(call), done);
    return done;
  });

const locksOf = new WeakMap<Session, Map<string, Promise<unknown>>>();

const locks: readonly (readonly [id: string, words: string, key: (call: Call) => string])[] = [
  ['token', 'the token', ({ token }) => token?.value ?? ''],
  ['spelling', 'the spelling of the id', ({ rawId }) => rawId],
  ['client-id', 'the x-client-id', ({ request }) => request.clientId ?? ''],
  ['query', 'the query', ({ request }) => request.query.toString()],
  ['body', 'a body', ({ request }) => String(request.hasBody)],
  ['user-agent', 'the User-Agent', ({ request }) => request.header('user-agent').join()],
  ['accept', 'the Accept header', ({ request }) => request.accept ?? ''],
];

const reactivate = ({ world, subject }: Call): void => {
  if (subject) world.sessions.overwrite(subject, 'Initiated');
};

export const concurrencyFaults = [
  fault('concurrent.race-0', concurrent, 'Between look and change lies one turn of the event loop.', race(0)),
  fault('concurrent.race-1', concurrent, 'Between look and change lies a millisecond.', race(1)),
  fault('concurrent.race-5', concurrent, 'Between look and change lie 5 ms.', race(5)),
  fault(
    'concurrent.race-with-body',
    concurrent,
    'Between look and change lie 5 ms where the request has a body.',
    race(5, withBody),
  ),
  fault('concurrent.race-50', concurrent, 'Between look and change lie 50 ms.', race(50)),
  fault(
    'concurrent.race-without-reference',
    concurrent,
    'Between look and change lie 5 ms for a session without a referenceId.',
    race(5, ofNoReference),
  ),
  fault(
    'concurrent.race-as-text-json',
    concurrent,
    'Between look and change lie 5 ms under text/json.',
    race(5, asksFor('text/json')),
  ),
  fault(
    'concurrent.race-with-client-id',
    concurrent,
    'Between look and change lie 5 ms where x-client-id was sent.',
    race(5, withClientId),
  ),
  fault(
    'concurrent.race-of-one-in-ten',
    concurrent,
    'Between look and change lie 5 ms for one session in ten.',
    race(5, (call) => Number.parseInt(call.subject?.sessionId.slice(0, 8) ?? '1', 16) % 10 === 0),
  ),
  fault(
    'concurrent.race-with-another-token',
    concurrent,
    'Between look and change lie 5 ms for a token that did not initiate the session.',
    race(5, withAnotherToken),
  ),
  fault(
    'concurrent.race-after-refusal',
    concurrent,
    'Between look and change lie 5 ms for a session for which a 401 was given before.',
    (steps) =>
      race(
        5,
        ({ subject }) => subject?.notes.has('refused') === true,
      )(aside(unauthorized, ({ subject }) => subject?.notes.add('refused'))(steps)),
  ),
  fault(
    'concurrent.race-not-ascii',
    concurrent,
    'Between look and change lie 5 ms for a session whose referenceId has characters outside of ASCII.',
    race(5, ofReferenceLike(/[^\0-\x7f]/)),
  ),
  ...locks.map(([id, words, key]) =>
    fault(
      `concurrent.lock-of-${id}`,
      concurrent,
      `Cancels of a session wait for each other only where they have ${words} in common.`,
      lockedBy(key),
    ),
  ),
  fault(
    'concurrent.lost-while-read',
    ['cancel.immediate', 'cancel.twice', 'cancel.lasting'],
    'A cancel is lost where Session Details are read meanwhile.',
    instead('describe', async ({ world }, session, ordinary) => {
      const said = await ordinary();
      const { status } = session;
      await gap(3);
      if (session.status !== status) world.sessions.overwrite(session, status);
      return said;
    }),
  ),
  fault(
    'concurrent.answers-mixed-up',
    'cancel.success.session-id',
    'Of cancels of several sessions at once each is answered with the session that came last.',
    inCancel(
      'reply',
      when(succeeded, async ({ world }, outcome, ordinary) => {
        latestOutcome.set(world, outcome);
        await gap(2);
        return ordinary(latestOutcome.get(world));
      }),
    ),
  ),
  fault(
    'concurrent.callers-mixed-up',
    ['token.missing', 'token.no-effect', 'token.before-state'],
    'Of requests at once each is let in with the valid token that came last, its own or another.',
    inCancel('authenticate', async ({ world }, _lines, ordinary) => {
      const crowd = crowds.get(world) ?? { size: 0, token: undefined };
      crowds.set(world, crowd);
      const token = await ordinary();
      crowd.size += 1;
      crowd.token = token ?? crowd.token;
      await gap(3);
      const letIn = crowd.size > 1 ? crowd.token : token;
      crowd.size -= 1;
      return letIn;
    }),
  ),
  fault(
    'concurrent.race-of-five',
    concurrent,
    'Of five cancels at once several are answered 200.',
    crowdedRace(5),
  ),
  fault(
    'concurrent.losers-409',
    [concurrent, 'answer.status'],
    'What loses a race is answered 409.',
    inCrowd('not-active', () => problemAnswer(409, 'The session was changed by another request')),
  ),
  fault(
    'concurrent.losers-500',
    [concurrent, 'answer.status'],
    'What loses a race is answered 500.',
    inCrowd('not-active', () => problemAnswer(500, 'Deadlock found when trying to get lock')),
  ),
  fault(
    'concurrent.losers-503',
    [concurrent, 'answer.status'],
    'What loses a race is answered 503.',
    inCrowd('not-active', () => problemAnswer(503, 'Try again', { 'Retry-After': '1' })),
  ),
  fault(
    'concurrent.losers-401',
    concurrent,
    'What loses a race is answered 401.',
    inCrowd('not-active', () =>
      problemAnswer(401, 'Valid access token required', { 'WWW-Authenticate': 'Bearer' }),
    ),
  ),
  fault(
    'concurrent.losers-200',
    concurrent,
    'What loses a race is answered as what won it.',
    inCrowd('not-active', ({ subject }) =>
      json(200, { sessionId: subject?.sessionId, referenceId: subject?.referenceId, status: 'Cancelled' }),
    ),
  ),
  fault(
    'concurrent.nobody-wins',
    concurrent,
    'Of several cancels at once none is answered 200, and the session is cancelled.',
    inCrowd('cancelled', () => problemAnswer(400, 'Session cannot be Cancelled')),
  ),
  fault(
    'concurrent.rolled-back',
    ['cancel.immediate', 'cancel.lasting', concurrent],
    'What wins a race is answered 200, and its change is rolled back.',
    inCancel('serve', async (call, _operation, ordinary) => {
      const crowded = await crowdOf(2)(call);
      const answer = await ordinary();
      if (crowded && call.outcome?.kind === 'cancelled') later(5, () => reactivate(call));
      return answer;
    }),
  ),
  fault(
    'concurrent.refusal-writes-back',
    ['cancel.immediate', 'cancel.lasting', concurrent],
    "Another client's cancel loads the session, and saves it as it was when it has been refused.",
    inCancel('permit', async ({ world }, session, ordinary) => {
      const { status } = session;
      const may = await ordinary();
      if (may) return may;
      await gap(8);
      world.sessions.overwrite(session, status);
      return may;
    }),
  ),
  fault(
    'concurrent.missing-beside-owners',
    ['token.before-state', concurrent],
    "While its owner's cancel is under way, a session is cancelled without an Authorization header as well.",
    inCancel('authenticate', async (call, _lines, ordinary) => {
      const { authorization } = call.request;
      if (authorization.length > 0 || !(await crowdOf(2, 10)(call))) return ordinary();
      return ownersToken(call);
    }),
  ),
  fault(
    'concurrent.race-while-read',
    concurrent,
    'A session that is read while it is cancelled may be cancelled once more.',
    (steps) => {
      const reads = new WeakMap<Session, number>();
      const noting = instead('describe', (_call, session, ordinary) => {
        reads.set(session, performance.now());
        return ordinary();
      });
      const racing = terminating(async (call, session, ordinary) => {
        if (session.status !== 'Initiated') return ordinary();
        const since = performance.now();
        await gap(6);
        if ((reads.get(session) ?? 0) < since) return ordinary();
        call.world.sessions.overwrite(session, 'Cancelled');
        return true;
      });
      return racing(noting(steps));
    },
  ),
];
