/** Methods: only POST cancels. */

import type { Manner } from '../fixtures/client.js';
import { altered, noAuthorization, ofAnotherClient } from '../fixtures/credentials.js';
import { headerValue } from '../fixtures/exchange.js';
import { test, verifies } from '../fixtures/test.js';
import { promisedTypes } from '../spec/media-type.js';
import { isRefused } from './parts/cancelling.js';
import { longLists, type Unusual, unusualManners } from './parts/manners.js';

const methods = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'] as const;
/** In which frameworks look for the method that is meant. */
const overrides: readonly Manner[] = [
  { headers: [['X-HTTP-Method-Override', 'POST']] },
  { headers: [['X-HTTP-Method', 'POST']] },
  { headers: [['X-Method-Override', 'POST']] },
  { query: '_method=POST' },
];

test(
  ...verifies(['method.no-effect', 'method.refused'], async ({ each }) => {
    await each(methods, async (method, { client, sessions, check }) => {
      const session = await sessions.standing();
      const answer = await client.cancel(session, { method });
      const status = answer.response?.status ?? 0;
      const allow = headerValue(answer.response?.headers ?? [], 'allow');
      const actual = status === 405 && allow === null ? '405 without Allow' : String(status);
      check('method.refused').that(
        (status === 405 && allow !== null) || status === 404,
        '405 with Allow, or 404',
        actual,
        answer,
      );
      await check('method.no-effect').stillActive(session, answer);
    });
  }),
);

test(
  ...verifies(['method.no-effect', 'method.refused'], 'without a token', async ({ each }) => {
    await each(methods, async (method, { client, sessions, check }) => {
      const session = await sessions.standing();
      const answer = await client.cancel(session, { method, authorization: noAuthorization });
      check('method.refused').status(answer, 405, 404, 401);
      await check('method.no-effect').stillActive(session, answer);
    });
  }),
);

test(
  ...verifies('method.no-effect', 'without a valid token', async ({ each, run }) => {
    const hows = run.tokens.canIssue('other') ? (['altered', 'other'] as const) : (['altered'] as const);
    const both = methods.flatMap((method) => hows.map((how) => ({ method, how })));
    await each(both, async ({ method, how }, { client, sessions, check }) => {
      const session = await sessions.standing();
      const [wrong = noAuthorization] = altered(await client.token(session));
      const authorization =
        how === 'altered' ? wrong : ofAnotherClient((await run.tokens.any('other')).value);
      const answer = await client.cancel(session, { method, authorization });
      await check('method.no-effect').stillActive(session, answer);
    });
  }),
);

test(
  ...verifies('method.no-effect', 'however it is asked for', async ({ each }) => {
    const manners: readonly Unusual['manner'][] = [
      ...[...promisedTypes, ...longLists.slice(0, 1)].map((accept) => () => ({ accept })),
      ...unusualManners.map(({ manner }) => manner),
      () => ({ body: { type: 'application/json', text: '{"status":"Cancelled"}' } }),
      () => ({ body: { type: 'application/x-www-form-urlencoded', text: '_method=POST' } }),
    ];
    // Of a GET or HEAD with a body some servers lose count of the bytes (RFC 9110 section 9.3.1).
    const goes = ({ body }: Manner, method: string) =>
      body === undefined || !['GET', 'HEAD'].includes(method);
    const all = methods.flatMap((method) =>
      manners.filter((manner) => goes(manner(''), method)).map((manner) => ({ method, manner })),
    );
    await each(all, async ({ method, manner }, { client, sessions, check }) => {
      const session = await sessions.standing();
      const answer = await client.cancel(session, { ...manner(session.id), method });
      await check('method.no-effect').stillActive(session, answer);
    });
  }),
);

test(
  ...verifies(
    'method.no-effect',
    'with a client id, for a session without a referenceId',
    async ({ each }) => {
      await each(methods, async (method, { client, sessions, check }) => {
        const session = await sessions.active();
        const answer = await client.cancel(session, { method, clientId: 'unknown-client' });
        await check('method.no-effect').stillActive(session, answer);
      });
    },
  ),
);

test(
  ...verifies('method.no-effect', 'with an override', async ({ each }) => {
    const both = methods.flatMap((method) => overrides.map((override) => ({ method, ...override })));
    await each(both, async (manner, { client, sessions, check }) => {
      const session = await sessions.standing();
      const answer = await client.cancel(session, manner);
      await check('method.no-effect').stillActive(session, answer);
    });
  }),
);

test(
  ...verifies(['cancel.lasting', 'cancel.twice'], 'behind another method', async ({ each }) => {
    await each(methods, async (method, told) => {
      const session = await told.sessions.cancelled();
      const answer = await told.client.cancel(session, { method });
      await told.check('cancel.lasting').reads(session, 'Cancelled', answer);
      await isRefused(told, session);
    });
  }),
);
