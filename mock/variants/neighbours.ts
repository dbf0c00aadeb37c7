/** Variants of the endpoints around Cancel Session: Session Details above all, which a harness may have to do without. */

import { empty, html, problemAnswer } from '../answers.js';
import { type Call, type Change, type Condition, instead, when } from '../behaviour.js';
import { both, method, toOperation } from '../conditions.js';
import { membersOf } from '../json.js';
import type { Token } from '../tokens.js';
import { authorized, everyNth, initiated, instantly, reply, variant } from './define.js';
import { between, paced } from './delivery.js';

const ofDetails = toOperation('details');

const withDetails: Condition = both(ofDetails, (call) => call.outcome?.kind === 'done');

const neverSent: Change = instead('send', (call, _answer, ordinary) =>
  ofDetails(call) ? undefined : ordinary(),
);

const withAnotherToken: Condition = async (call) => {
  const token = await call.steps.authenticate(call, call.request.authorization);
  return token !== undefined && token.value !== call.subject?.initiatedWith;
};

/** @param refuses given the referenceId, undefined where there is none */
const refusesToInitiate = (refuses: (reference: string | undefined) => boolean, status: number): Change =>
  instead(
    'serve',
    when(both(toOperation('initiate'), method('POST')), async (call, _operation, ordinary) => {
      const reference = /"referenceId":"((?:[^"\\]|\\.)*)"/s.exec(
        (await call.request.body()).toString(),
      )?.[1];
      const text = reference === undefined ? undefined : String(JSON.parse(`"${reference}"`));
      return refuses(text) ? problemAnswer(status, 'The referenceId is not accepted') : ordinary();
    }),
  );

/** @param refuses given the token that is valid and the call */
const refusesToInitiateFor = (
  refuses: (token: Token, call: Call) => boolean,
  status: number,
  detail: string,
): Change =>
  instead(
    'serve',
    when(toOperation('initiate'), async (call, _operation, ordinary) => {
      const token = await call.steps.authenticate(call, call.request.authorization);
      return token !== undefined && refuses(token, call) ? problemAnswer(status, detail) : ordinary();
    }),
  );

const capitals = (call: Call): string => (call.subject?.sessionId ?? '').toUpperCase();

export const neighbourVariants = [
  variant(
    'session-details.none',
    'There are no Session Details: 404.',
    instantly(ofDetails, () => problemAnswer(404, 'There is nothing at this path')),
  ),
  variant(
    'session-details.none-out-of-order',
    'There are no Session Details, and answers overtake each other.',
    [
      instantly(ofDetails, () => problemAnswer(404, 'There is nothing at this path')),
      paced(() => between(0, 6)),
    ],
  ),
  variant(
    'session-details.none-empty',
    'There are no Session Details: 404 with no body.',
    instantly(ofDetails, () => empty(404)),
  ),
  variant(
    'session-details.405',
    'Session Details have no GET.',
    instantly(ofDetails, () => empty(405, { Allow: 'POST' })),
  ),
  variant(
    'session-details.403',
    'The clients may not read Session Details.',
    instantly(ofDetails, () => problemAnswer(403, 'Missing scope')),
  ),
  variant(
    'session-details.500',
    'Session Details are answered 500.',
    instantly(ofDetails, () => problemAnswer(500, 'Something went wrong')),
  ),
  variant('session-details.hang', 'Session Details are never answered.', neverSent),
  variant(
    'session-details.html',
    'Session Details are a page of HTML.',
    instantly(ofDetails, () => html(200, 'Sign in')),
  ),
  variant(
    'session-details.empty',
    'Session Details are answered 200 with no body.',
    instantly(ofDetails, () => empty(200)),
  ),
  variant(
    'session-details.wrapped',
    'Session Details are wrapped in data.',
    reply((one) => ({ ...one, value: { data: one.value } }), withDetails),
  ),
  variant(
    'session-details.initiating-token',
    'Session Details need the token that initiated the session.',
    instantly(both(ofDetails, withAnotherToken), () =>
      problemAnswer(401, 'Valid access token required', { 'WWW-Authenticate': 'Bearer' }),
    ),
  ),
  variant(
    'session-details.more-members',
    'Session Details have further members, and no referenceId.',
    instead('describe', async (_call, _session, ordinary) => {
      const { referenceId: _, ...said } = await ordinary();
      return {
        ...said,
        statusDetails: null,
        history: [{ status: 'Initiated' }],
        options: { language: 'en' },
      };
    }),
  ),
  variant(
    'session-details.upper-case',
    'Session Details have the id in upper case.',
    reply(
      (one, call) => ({ ...one, value: { ...membersOf(one.value), sessionId: capitals(call) } }),
      withDetails,
    ),
  ),
  variant(
    'session-details.status-alone',
    'Session Details have a status and nothing else.',
    reply((one) => ({ ...one, value: { status: membersOf(one.value)['status'] } }), withDetails),
  ),
  variant(
    'session-details.429',
    'Every fortieth read of Session Details is answered 429.',
    instantly(everyNth(40, ofDetails), () => problemAnswer(429, 'Slow down', { 'Retry-After': '1' })),
  ),
  variant('initiate.counted-ids', 'The ids of sessions are counted up, as some databases do.', [], {
    settings: { countsIds: true },
  }),
  variant(
    'initiate.more-members',
    'Initiate answers more than was promised.',
    initiated((body) => ({ ...body, status: 'Initiated', redirectUrl: '/app/', expiresIn: 900 })),
  ),
  variant(
    'initiate.reference-required',
    'Initiate asks for a referenceId.',
    refusesToInitiate((reference) => reference === undefined, 400),
  ),
  variant(
    'initiate.short-references',
    'Initiate answers 422 to a referenceId over 36 characters.',
    refusesToInitiate((reference) => (reference?.length ?? 0) > 36, 422),
  ),
  variant(
    'initiate.no-controls',
    'Initiate answers 500 to a referenceId with control characters.',
    refusesToInitiate((reference) => /\p{Cc}/u.test(reference ?? ''), 500),
  ),
  variant(
    'session.times-out',
    'A session that is five seconds old is Expired.',
    instead('find', async ({ world }, _id, ordinary) => {
      const session = await ordinary();
      if (session?.status === 'Initiated' && Date.now() - session.createdAt.getTime() > 5000)
        world.sessions.overwrite(session, 'Expired');
      return session;
    }),
  ),
  variant(
    'initiate.503',
    'Every fifteenth Initiate is answered 503.',
    instantly(everyNth(15, toOperation('initiate')), () =>
      problemAnswer(503, 'Try again', { 'Retry-After': '1' }),
    ),
  ),
  variant(
    'authorize.life-null',
    'Authorize answers null for the life of a token.',
    authorized((body) => ({ ...body, expires_in: null })),
  ),
  variant(
    'initiate.reference-not-answered',
    'Initiate does not answer the referenceId that a 200 tells.',
    initiated(({ referenceId: _, ...body }) => body),
  ),
  variant(
    'authorize.503',
    'Every fifteenth Authorize is answered 503, without a word of when to try again.',
    instantly(everyNth(15, toOperation('authorize')), () => problemAnswer(503, 'Try again')),
  ),
  variant(
    'initiate.main-client-alone',
    'Initiate refuses the second client with 403.',
    refusesToInitiateFor(({ account }) => account === 'other', 403, 'This client may not initiate'),
  ),
  variant(
    'initiate.thirty-active',
    'Initiate refuses a client with 400 that has thirty active sessions.',
    refusesToInitiateFor(
      (token, { world }) =>
        world.sessions
          .all()
          .filter(({ account, status }) => account === token.account && status === 'Initiated').length >= 30,
      400,
      'Too many active sessions',
    ),
  ),
];
