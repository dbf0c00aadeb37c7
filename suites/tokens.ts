/** Tokens: without a valid one the answer is 401, and nothing changes. */

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Client, Manner } from '../fixtures/client.js';
import {
  type Authorization,
  alterablePositions,
  altered,
  altering,
  basic,
  invalid,
  malformed,
  noAuthorization,
  odd,
  oddAndInvalid,
  ofAnotherClient,
  otherwiseKnown,
  schemeCases,
} from '../fixtures/credentials.js';
import type { Exchange } from '../fixtures/exchange.js';
import type { Session } from '../fixtures/sessions/session.js';
import { needs, SECOND_CLIENT } from '../fixtures/stops.js';
import { test, verifies } from '../fixtures/test.js';
import type { TrialFixtures } from '../fixtures/trial.js';
import { succeeds } from './parts/cancelling.js';
import { accepts, unusualManners } from './parts/manners.js';
import { tellingPart } from './parts/telling.js';

/** Credentials of no client. */
const NOBODY = { username: 'nobody', password: 'nothing' };

/** A token that nobody has, of a length that tokens have. */
const unknownToken = fc.stringMatching(/^[A-Za-z0-9]{43}$/);

/**
 * Makes the header of the session's own token, since another may have no say; none where that is not to be made of it. A
 * token is asked for by those that need one alone: not every target issues any.
 */
type Wrong = (own: () => Promise<string>) => Promise<Authorization | undefined>;

const always =
  (authorization: Authorization): Wrong =>
  () =>
    Promise.resolve(authorization);

/** Refused with 401 whatever the session's state, and the active one stays active. What is accepted is no refusal. */
async function refuses(
  told: TrialFixtures,
  requirement: string,
  wrong: Wrong,
  accept: string | null,
): Promise<void> {
  const { client, sessions, check } = told;
  const active = await sessions.standing();
  const authorization = await wrong(() => client.token(active));
  if (authorization === undefined) return;
  const answer = await client.cancel(active, { authorization, accept });
  check(requirement).status(answer, 401);
  await check('token.no-effect').stillActive(active, answer);
  if (answer.response?.status === 200) return;
  const cancelled = await sessions.cancelled();
  const same = (await wrong(() => client.token(cancelled))) ?? authorization;
  check('token.before-state').status(
    await client.cancel(cancelled, { authorization: same, accept, identity: true }),
    401,
  );
}

/** The headers that are made of a token, each to be made of any. */
function wrongs(token: string, make: (token: string) => readonly Authorization[]): Wrong[] {
  return make(token).map((_, i) => async (own) => make(await own())[i]);
}

/** Each with each Accept header. */
function withAccepts<T>(items: readonly T[]): [item: T, accept: string | null][] {
  return items.flatMap((item) => accepts.map((accept): [T, string | null] => [item, accept]));
}

test(
  ...verifies(['token.missing', 'token.no-effect', 'token.before-state'], async ({ each }) => {
    await each(accepts, (accept, told) => refuses(told, 'token.missing', always(noAuthorization), accept));
  }),
);

/** Places where some services look for a token; the contract has one in the Authorization header alone. */
const elsewhere = (token: string): readonly Manner[] => [
  ...['X-Access-Token', 'X-Auth-Token', 'X-Api-Key', 'X-Forwarded-Access-Token'].map(
    (name): Manner => ({ headers: [[name, token]] }),
  ),
  { headers: [['Sec-WebSocket-Protocol', `bearer, ${token}`]] },
  ...['X-Authorization', 'Proxy-Authorization'].map(
    (name): Manner => ({ headers: [[name, `Bearer ${token}`]] }),
  ),
  ...['access_token', 'token'].map((name): Manner => ({ headers: [['Cookie', `${name}=${token}`]] })),
  ...[`authorization=Bearer%20${encodeURIComponent(token)}`, `access_token=${encodeURIComponent(token)}`].map(
    (query): Manner => ({ query }),
  ),
  // Headers by which a gateway tells who has signed in.
  ...['X-Forwarded-User', 'Remote-User'].map((name): Manner => ({ headers: [[name, 'main']] })),
  { body: { type: 'application/x-www-form-urlencoded', text: `access_token=${encodeURIComponent(token)}` } },
  { body: { type: 'application/json', text: JSON.stringify({ access_token: token }) } },
];

/** What stands in the Authorization header while the token is elsewhere: it is not looked for there because this fails. */
const instead = ['nothing', 'an altered token', 'another scheme'] as const;

test(
  ...verifies(
    ['token.missing', 'token.altered', 'token.malformed', 'token.no-effect'],
    'with the token in another place',
    async ({ client, sessions, each }) => {
      const places = elsewhere(await client.token(await sessions.standing()));
      const all = places.flatMap((_, place) => instead.map((what) => ({ place, what })));
      await each(all, async ({ place, what }, told) => {
        const session = await told.sessions.standing();
        const token = await told.client.token(session);
        const manner = elsewhere(token)[place];
        const [wrong = noAuthorization] = altered(token);
        const [requirement, authorization] = {
          nothing: ['token.missing', noAuthorization] as const,
          'an altered token': ['token.altered', wrong] as const,
          'another scheme': ['token.malformed', basic(NOBODY)] as const,
        }[what];
        const answer = await told.client.cancel(session, { ...manner, authorization });
        // What a query or a body is refused with; and RFC 6750 section 3.1 asks for 400 where a token comes in two ways.
        const refusals = [
          ...(manner?.body === undefined ? [] : [400, 413, 415]),
          ...(manner?.query === undefined || what === 'nothing' ? [] : [400]),
        ];
        told.check(requirement).status(answer, 401, ...refusals);
        await told.check('token.no-effect').stillActive(session, answer);
      });
    },
  ),
);

test(
  ...verifies(
    ['token.missing', 'token.altered', 'token.no-effect', 'token.before-state'],
    'however it is asked for',
    async ({ each }) => {
      const both = unusualManners.flatMap((one) => [true, false].map((none) => ({ ...one, none })));
      await each(both, async ({ manner, refusals, none }, { client, sessions, check }) => {
        const session = await sessions.standing();
        const [wrong = noAuthorization] = none ? [] : altered(await client.token(session));
        const answer = await client.cancel(session, { ...manner(session.id), authorization: wrong });
        check(none ? 'token.missing' : 'token.altered').status(answer, 401, ...refusals);
        await check('token.no-effect').stillActive(session, answer);
        if (answer.response?.status !== 401) return;
        const over = await sessions.cancelled();
        const [same = noAuthorization] = none ? [] : altered(await client.token(over));
        const told = await client.cancel(over, { ...manner(over.id), authorization: same });
        check('token.before-state').status(told, 401);
      });
    },
  ),
);

test(
  ...verifies(
    ['token.malformed', 'token.no-effect', 'token.before-state'],
    async ({ client, sessions, each, run }) => {
      const token = await client.token(await sessions.standing());
      const { main } = run.settings.target.credentials;
      const wrong = [...wrongs(token, malformed), ...(main === undefined ? [] : [always(basic(main))])];
      await each(withAccepts(wrong), ([one, accept], told) => refuses(told, 'token.malformed', one, accept));
    },
  ),
);

test(
  ...verifies(
    ['token.invalid', 'token.no-effect', 'token.before-state'],
    async ({ client, sessions, each, sample, run }) => {
      // Where no valid token is to be had, one that nobody has tells as much.
      const random = sample(unknownToken);
      const token = run.tokens.canIssue('main') ? await client.token(await sessions.standing()) : random;
      const wrong = run.tokens.canIssue('main')
        ? wrongs(token, (own) => invalid(own, random))
        : invalid(token, random).map(always);
      await each(withAccepts(wrong), ([one, accept], told) => refuses(told, 'token.invalid', one, accept));
    },
  ),
);

test(
  ...verifies(['token.invalid', 'token.no-effect'], 'what else a client knows', async ({ each, run }) => {
    const { main } = run.settings.target.credentials;
    const all = otherwiseKnown('', main).map((_, i) => i);
    await each(all, async (which, { client, sessions, check }) => {
      const session = await sessions.standing();
      const authorization = otherwiseKnown(session.id, main)[which];
      if (authorization === undefined) return;
      const answer = await client.cancel(session, { authorization });
      check('token.invalid').status(answer, 401);
      await check('token.no-effect').stillActive(session, answer);
    });
  }),
);

test(
  ...verifies(
    ['token.altered', 'token.no-effect', 'token.before-state'],
    async ({ client, sessions, each }) => {
      const token = await client.token(await sessions.standing());
      await each(withAccepts(wrongs(token, altered)), ([one, accept], told) =>
        refuses(told, 'token.altered', one, accept),
      );
    },
  ),
);

test(
  ...verifies(['token.altered', 'token.no-effect'], 'at any place', async ({ property }) => {
    await property(fc.double({ min: 0, max: 1, noNaN: true }), async (share, told) => {
      const { client, sessions, check } = told;
      const session = await sessions.standing();
      const token = await client.token(session);
      const places = alterablePositions(token);
      const place = places[Math.floor(share * (places.length - 1))];
      if (place === undefined) return;
      const answer = await client.cancel(session, { authorization: altering(token, place) });
      check('token.altered').status(answer, 401);
      await check('token.no-effect').stillActive(session, answer);
    });
  }),
);

/** Neither turns nor short cycles of a load balancer fall together with it. */
const TURNS = 'ACCACAACCAACACCA';

/** What tells active and cancelled sessions apart that are asked for by turns, and the last answer for a cancelled one. */
async function telling(
  client: Client,
  active: readonly Session[],
  cancelled: readonly Session[],
  manner: Manner,
): Promise<{ readonly part: string | null; readonly last: Exchange | undefined }> {
  const answers = { A: [] as Exchange[], C: [] as Exchange[] };
  let part: string | null = null;
  for (const turn of TURNS) {
    const [of, told] = turn === 'A' ? [active, answers.A] : [cancelled, answers.C];
    const session = of[told.length % of.length];
    if (session !== undefined) told.push(await client.cancel(session, manner));
    part = tellingPart(answers.A, answers.C);
    // What the first four do not tell apart is not told.
    if (part === null && answers.A.length === 2 && answers.C.length === 2) break;
  }
  return { part, last: answers.C.at(-1) };
}

/** What tells a session from itself once it is cancelled: the name of a server that serves its URL does not. */
async function tellingOfItself(told: TrialFixtures, manner: Manner): Promise<string | null> {
  const { client, sessions } = told;
  const session = await sessions.active();
  const before = await severalTimes(() => client.cancel(session, manner));
  await succeeds(told, session);
  return tellingPart(before, await severalTimes(() => client.cancel(session, manner)));
}

/** As often as shows that servers take turns. */
async function severalTimes(ask: () => Promise<Exchange>): Promise<Exchange[]> {
  return [await ask(), await ask(), await ask(), await ask()];
}

test(
  ...verifies('token.before-state', 'nothing in the answer tells the state', async ({ each }) => {
    const ways = accepts.flatMap((accept) =>
      ['none', 'altered', 'another scheme'].map((how) => ({ accept, how })),
    );
    await each(ways, async ({ accept, how }, told) => {
      const { client, sessions, check } = told;
      const token = await client.token(await sessions.standing());
      const wrong: Readonly<Record<string, Authorization | undefined>> = {
        altered: altered(token)[0],
        'another scheme': malformed(token).find(({ kind }) => kind === 'scheme Token'),
      };
      const manner = { accept, authorization: wrong[how] ?? noAuthorization };
      const active = [await sessions.standing(), await sessions.standing()];
      const cancelled = [await sessions.cancelled(), await sessions.cancelled()];
      const { part, last } = await telling(client, active, cancelled, manner);
      const sure = part === null ? null : await tellingOfItself(told, manner);
      if (last === undefined) return;
      const actual = `${sure} differs between active and cancelled sessions`;
      check('token.before-state').that(sure === null, 'the same 401 whatever the state', actual, last);
    });
  }),
);

/** More is not sent in one query: some services take no longer one. */
const LONGEST_QUERY = 1500;

/** Queries that hold a token under every name, none longer than that unless the token alone is. */
function queriesWith(token: string, names: readonly string[]): string[] {
  const pairs = names.map((name) => `${name}=${encodeURIComponent(token)}`);
  const longest = Math.max(...pairs.map(({ length }) => length + 1));
  const inOne = Math.max(1, Math.floor(LONGEST_QUERY / longest));
  return pairs.flatMap((_, i) => (i % inOne === 0 ? [pairs.slice(i, i + inOne).join('&')] : []));
}

async function isRefusedInQueries(
  { client, sessions, check }: TrialFixtures,
  names: readonly string[],
  accept: string | null,
): Promise<void> {
  const session = await sessions.standing();
  for (const query of queriesWith(await client.token(session), names)) {
    const answer = await client.cancel(session, { authorization: noAuthorization, query, accept });
    check('token.in-query').status(answer, 401);
    await check('token.no-effect').stillActive(session, answer);
  }
}

test(
  ...verifies(['token.in-query', 'token.no-effect'], async ({ each }) => {
    const names = ['access_token', 'token', 'authorization', 'bearer'];
    await each(withAccepts(names), ([name, accept], told) => isRefusedInQueries(told, [name], accept));
  }),
);

/** Further names under which some services look for a token. */
const FURTHER_NAMES = [
  'accessToken',
  'api_key',
  'apikey',
  'auth',
  'authToken',
  'auth_token',
  'bearerToken',
  'id_token',
  'jwt',
  'key',
  'oauth_token',
  't',
];

test(
  ...verifies(['token.in-query', 'token.no-effect'], 'under any name', async ({ each }) => {
    await each(accepts, (accept, told) => isRefusedInQueries(told, FURTHER_NAMES, accept));
  }),
);

test(
  ...verifies(
    ['token.altered', 'token.before-state'],
    'as the repetition of a cancel that succeeded',
    async (told) => {
      const { client, sessions, check } = told;
      const session = await sessions.active();
      const same: Manner = { headers: [['Idempotency-Key', randomUUID()]] };
      const [wrong = noAuthorization] = altered(await client.token(session));
      if ((await client.cancel(session, same)).response?.status !== 200) return;
      check('token.altered').status(await client.cancel(session, { ...same, authorization: wrong }), 401);
      const missing = await client.cancel(session, { ...same, authorization: noAuthorization });
      check('token.before-state').status(missing, 401);
    },
  ),
);

test(
  ...verifies(
    ['token.before-state', 'token.missing'],
    'for a session that there is not',
    async ({ each, sample }) => {
      const id = sample(fc.uuid({ version: 4 }));
      await each(accepts, async (accept, { client, sessions, check }) => {
        const nobody = await client.nobody(id, await sessions.standing());
        for (const authorization of [noAuthorization, altered(nobody.token.value)[0] ?? noAuthorization]) {
          check('token.before-state').status(await client.cancel(nobody, { authorization, accept }), 401);
        }
      });
    },
  ),
);

test(
  ...verifies(['token.other-client'], async ({ each, sessions, run }) => {
    needs(run.tokens.canIssue('other'), SECOND_CLIENT);
    const others = await sessions.others();
    await each(accepts, async (accept, told) => {
      const { client } = told;
      const foreign = ofAnotherClient((await told.run.sessions.details.tokenFor(others)).value);
      const mine = await told.sessions.standing();
      const answer = await client.cancel(mine, { authorization: foreign, accept });
      told.check('token.other-client').status(answer, 400, 401);
      await told.check('token.other-client').stillActive(mine, answer);
      const cancelled = await told.sessions.cancelled();
      told
        .check('token.other-client')
        .status(await client.cancel(cancelled, { authorization: foreign, accept }), 400, 401);
    });
    await each(accepts, async (accept, told) => {
      const token = await told.client.token(await told.sessions.standing());
      const answer = await told.client.cancel(others, {
        authorization: ofAnotherClient(token),
        accept,
      });
      told.check('token.other-client').status(answer, 400, 401);
      await told.check('token.other-client').stillActive(others, answer);
    });
  }),
);

test(
  ...verifies('token.other-client', 'whatever the referenceId', async ({ each, run }) => {
    needs(run.tokens.canIssue('other'), SECOND_CLIENT);
    await each([undefined, 'Zo\u00eb \u{1f642} / a+b'], async (referenceId, { client, sessions, check }) => {
      const mine = await sessions.active({ referenceId });
      const { value } = await run.tokens.any('other');
      const authorization = ofAnotherClient(value);
      const answer = await client.cancel(mine, { authorization });
      check('token.other-client').status(answer, 400, 401);
      await check('token.other-client').stillActive(mine, answer);
    });
  }),
);

test(
  ...verifies(
    'token.other-client',
    'behind a session of its own',
    async ({ client, sessions, check, run }) => {
      needs(run.tokens.canIssue('other'), SECOND_CLIENT);
      const own = await sessions.active({ client: 'other' });
      const authorization = ofAnotherClient(await client.token(own));
      await client.cancel(own);
      const mine = await sessions.standing();
      const answer = await client.cancel(mine, { authorization });
      check('token.other-client').status(answer, 400, 401);
      await check('token.other-client').stillActive(mine, answer);
    },
  ),
);

test(
  ...verifies(
    ['token.missing', 'token.altered', 'token.no-effect', 'token.before-state'],
    'for sessions of another client',
    async (told) => {
      const { client, sessions, check, run } = told;
      needs(run.tokens.canIssue('other'), SECOND_CLIENT);
      const active = await sessions.others();
      const over = await sessions.active({ client: 'other' });
      await succeeds(told, over);
      const wrong = async (of: Session) => [noAuthorization, ...altered(await client.token(of)).slice(0, 2)];
      for (const authorization of await wrong(active)) {
        const answer = await client.cancel(active, { authorization });
        check(authorization === noAuthorization ? 'token.missing' : 'token.altered').status(answer, 401);
        await check('token.no-effect').stillActive(active, answer);
      }
      for (const authorization of await wrong(over))
        check('token.before-state').status(await client.cancel(over, { authorization }), 401);
    },
  ),
);

test(
  ...verifies('token.other-client', 'however it is asked for', async ({ each, sessions, run }) => {
    needs(run.tokens.canIssue('other'), SECOND_CLIENT);
    const others = await sessions.others();
    await each(unusualManners, async ({ manner, refusals }, { client, sessions: lent, check }) => {
      const mine = await lent.standing();
      const foreign = (await run.sessions.details.tokenFor(others)).value;
      const authorization = ofAnotherClient(foreign);
      const answer = await client.cancel(mine, { ...manner(mine.id), authorization });
      check('token.other-client').status(answer, 400, 401, ...refusals);
      await check('token.other-client').stillActive(mine, answer);
    });
  }),
);

test(
  ...verifies(['token.odd-header', 'token.no-effect'], async ({ each, sample, client, sessions }) => {
    const token = await client.token(await sessions.standing());
    await each(oddAndInvalid(sample(unknownToken), token), async (authorization, told) => {
      const session = await told.sessions.standing();
      const answer = await told.client.cancel(session, { authorization });
      told.check('token.odd-header').refused(answer);
      await told.check('token.odd-header').stillActive(session, answer);
    });
  }),
);

test(
  ...verifies('token.odd-header', 'around a valid token', async ({ each }) => {
    await each([0, 1, 2, 3], async (which, { client, sessions, check }) => {
      const session = await sessions.cancelled();
      const authorization = odd(await client.token(session))[which];
      if (authorization === undefined) return;
      const answer = await client.cancel(session, { authorization });
      check('token.odd-header').refused(answer);
    });
  }),
);

test(
  ...verifies('token.scheme-case', async ({ each }) => {
    await each([0, 1, 2], async (which, { client, sessions, check }) => {
      const session = await sessions.cancelled();
      const authorization = schemeCases(await client.token(session))[which];
      if (authorization === undefined) return;
      const answer = await client.cancel(session, { authorization });
      check('token.scheme-case').that(answer.response?.status !== 401, 'anything but 401', '401', answer);
    });
  }),
);
