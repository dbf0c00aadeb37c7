/** The plain service keeps each rule of Cancel Session and of the endpoints around it. */

import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../spec/errors.js';
import {
  authorize,
  bearer,
  cancel,
  exchange,
  initiate,
  sessionOf,
  statusOf,
  tokenOf,
} from './client.test.helper.js';
import { type Mock, type SessionStatus, startMock } from './service.js';

let mock: Mock;
const lines: string[] = [];

beforeAll(async () => {
  mock = await startMock({ log: (line) => lines.push(line) });
});

afterAll(() => mock.close());

const unauthorized = {
  type: 'https://tools.ietf.org/html/rfc7235#section-3.1',
  title: 'Unauthorized',
  status: 401,
  detail: 'Valid access token required',
};

describe('Authorize', () => {
  test('issues a token that lives 299 seconds, and one second for the brief twin', async () => {
    const answer = await authorize(mock, mock.clients.main);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      access_token: expect.any(String),
      token_type: 'bearer',
      expires_in: 299,
    });
    expect(await (await authorize(mock, mock.clients.brief)).json()).toMatchObject({ expires_in: 1 });
  });

  test('refuses wrong credentials with 401 and another grant with 400', async () => {
    const { username, password } = mock.clients.main;
    const wrong = await authorize(mock, { username, password: `${password}x` });
    expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([401, expect.any(String)]);
    const other = await fetch(`${mock.url}/api/v1/authorize`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
      body: 'grant_type=password',
    });
    expect(other.status).toBe(400);
  });
});

describe('Initiate', () => {
  test('answers the referenceId it was given, and null where none was given', async () => {
    const given = await initiate(mock, await tokenOf(mock), { referenceId: ' Zoë\u0000 😀 "1" ' });
    expect([given.status, await given.json()]).toEqual([
      201,
      { sessionId: expect.any(String), referenceId: ' Zoë\u0000 😀 "1" ' },
    ]);
    expect(await sessionOf(mock)).toMatchObject({ referenceId: null });
  });

  test('takes a token once', async () => {
    const token = await tokenOf(mock);
    expect((await initiate(mock, token)).status).toBe(201);
    expect((await initiate(mock, token)).status).toBe(401);
  });

  test.each([
    ['an unpaired surrogate', { referenceId: 'a\ud83d' }],
    ['257 characters', { referenceId: 'x'.repeat(257) }],
    ['a referenceId that is a number', { referenceId: 7 }],
    ['another currency', { currency: 'USD' }],
    ['a negative amount', { amount: -1 }],
    ['a payor without a name', { payor: { email: 'ada@example.com' } }],
    ['no preferences', { options: {} }],
    ['half an account', { payee: { account: { institutionCode: '001' } } }],
  ])('refuses %s with 400', async (_name, changes) => {
    const answer = await initiate(mock, await tokenOf(mock), changes);
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ status: 400 })]);
  });

  test('accepts 256 characters beyond U+FFFF', async () => {
    expect((await initiate(mock, await tokenOf(mock), { referenceId: '😀'.repeat(256) })).status).toBe(201);
  });
});

describe('Session Details', () => {
  test('tell the state to the owner and to nobody else', async () => {
    const session = await sessionOf(mock, { referenceId: 'r-1' });
    const url = `${mock.url}/api/v2/sessions/${session.sessionId}/details`;
    const own = await fetch(url, { headers: bearer(session.accessToken) });
    expect(await own.json()).toMatchObject({
      sessionId: session.sessionId,
      status: 'Initiated',
      referenceId: 'r-1',
      amount: 12.5,
    });
    const foreign = await fetch(url, { headers: bearer(await tokenOf(mock, mock.clients.other)) });
    expect(foreign.status).toBe(400);
    expect((await fetch(url)).status).toBe(401);
  });

  test.each<SessionStatus>(['Initiated', 'Failed', 'Cancelled', 'Expired', 'Completed'])(
    'tell that a seeded session is %s',
    async (status) => {
      expect(await statusOf(mock, mock.seed(status))).toBe(status);
    },
  );
});

describe('Cancel Session', () => {
  test('cancels an active session at once, and refuses it from then on', async () => {
    const session = await sessionOf(mock, { referenceId: 'r-2' });
    const first = await cancel(mock, session.sessionId, bearer(session.accessToken));
    expect([first.status, await first.json()]).toEqual([
      200,
      {
        sessionId: session.sessionId,
        referenceId: 'r-2',
        status: 'Cancelled',
        statusDetails: 'CancelledByApi',
      },
    ]);
    expect(await statusOf(mock, session)).toBe('Cancelled');
    for (let again = 0; again < 3; again += 1) {
      const refused = await cancel(mock, session.sessionId, bearer(session.accessToken));
      expect([refused.status, await refused.json()]).toEqual([
        400,
        expect.objectContaining({ status: 400, detail: 'Session cannot be Cancelled' }),
      ]);
    }
  });

  test.each<SessionStatus>(['Failed', 'Cancelled', 'Expired', 'Completed'])(
    'refuses a session that is %s',
    async (status) => {
      const session = mock.seed(status);
      expect((await cancel(mock, session.sessionId, bearer(session.accessToken))).status).toBe(400);
      expect(await statusOf(mock, session)).toBe(status);
    },
  );

  test('lets exactly one of fifty concurrent cancels win', async () => {
    const { sessionId, accessToken } = await sessionOf(mock);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => cancel(mock, sessionId, bearer(accessToken))),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 49 }, () => 400)]);
  });

  test('leaves other sessions as they were, also those with the same referenceId', async () => {
    const session = await sessionOf(mock, { referenceId: 'same' });
    const others = [
      await sessionOf(mock, { referenceId: 'same' }),
      await sessionOf(mock),
      await sessionOf(mock, { referenceId: 'same' }, mock.clients.other),
    ];
    await cancel(mock, session.sessionId, bearer(session.accessToken));
    const statuses = await Promise.all(others.map((other) => statusOf(mock, other)));
    expect(statuses).toEqual(['Initiated', 'Initiated', 'Initiated']);
  });

  test('takes an id in upper case for the same id', async () => {
    const { sessionId, accessToken } = await sessionOf(mock);
    expect((await cancel(mock, sessionId.toUpperCase(), bearer(accessToken))).status).toBe(200);
  });

  test('ignores bodies and query parameters', async () => {
    const { sessionId, accessToken } = await sessionOf(mock);
    const answer = await fetch(`${mock.url}/api/v2/sessions/${sessionId}/cancel?dryRun=true`, {
      method: 'POST',
      headers: { ...bearer(accessToken), 'content-type': 'application/json' },
      body: '{"status":"Completed"}',
    });
    expect(answer.status).toBe(200);
  });

  test('answers the page example, which has no Content-Length', async () => {
    const { sessionId, accessToken } = await sessionOf(mock);
    const head = [
      `POST /api/v2/sessions/${sessionId}/cancel HTTP/1.1`,
      'Host: mock',
      'Accept: */*',
      'Connection: close',
    ];
    const answer = await exchange(
      mock,
      `${[...head, `Authorization: Bearer ${accessToken}`].join('\r\n')}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });
});

describe('The token', () => {
  const alterations: readonly (readonly [name: string, alter: (token: string) => string | undefined])[] = [
    ['missing', () => undefined],
    ['empty', () => ''],
    ['a scheme alone', () => 'Bearer'],
    ['Basic', () => 'Basic YTpi'],
    ['of another scheme', (token) => `Token ${token}`],
    ['without a scheme', (token) => token],
    ['unknown', () => 'Bearer unknown'],
    ['cut', (token) => `Bearer ${token.slice(0, -1)}`],
    ['extended', (token) => `Bearer ${token}A`],
    [
      're-cased',
      (token) => `Bearer ${token === token.toLowerCase() ? token.toUpperCase() : token.toLowerCase()}`,
    ],
    ['an unsigned JWT', () => 'Bearer eyJhbGciOiJub25lIn0.e30.'],
  ];

  test.each(alterations)('that is %s is answered 401, whatever the state', async (_name, alter) => {
    const session = await sessionOf(mock);
    const authorization = alter(session.accessToken);
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const before = await cancel(mock, session.sessionId, headers);
    expect([before.status, before.headers.get('www-authenticate'), await before.json()]).toEqual([
      401,
      'Bearer',
      unauthorized,
    ]);
    expect(await statusOf(mock, session)).toBe('Initiated');
    await cancel(mock, session.sessionId, bearer(session.accessToken));
    expect((await cancel(mock, session.sessionId, headers)).status).toBe(401);
  });

  test('in the query string is none', async () => {
    const { sessionId, accessToken } = await sessionOf(mock);
    const answer = await fetch(
      `${mock.url}/api/v2/sessions/${sessionId}/cancel?access_token=${accessToken}`,
      { method: 'POST' },
    );
    expect(answer.status).toBe(401);
    expect(lines.join('\n')).not.toContain(accessToken);
  });

  test('of the brief twin works for a second, and not after', async () => {
    const token = await tokenOf(mock, mock.clients.brief);
    const [first, second] = [await sessionOf(mock), await sessionOf(mock)];
    expect((await cancel(mock, first.sessionId, bearer(token))).status).toBe(200);
    await pause(1_050);
    expect((await cancel(mock, second.sessionId, bearer(token))).status).toBe(401);
  });

  test('of another client is refused with 400, and does nothing', async () => {
    const session = await sessionOf(mock);
    const foreign = await cancel(mock, session.sessionId, {
      ...bearer(await tokenOf(mock, mock.clients.other)),
      'x-client-id': 'main',
    });
    expect(foreign.status).toBe(400);
    expect(await statusOf(mock, session)).toBe('Initiated');
  });

  test.each(['bearer', 'BEARER', 'bEaReR'])('is accepted behind %s', async (scheme) => {
    const { sessionId, accessToken } = await sessionOf(mock);
    expect((await cancel(mock, sessionId, { authorization: `${scheme} ${accessToken}` })).status).toBe(200);
  });

  test('on two lines is refused, and a header over 8,000 characters is no token', async () => {
    const { sessionId, accessToken } = await sessionOf(mock);
    const head = `POST /api/v2/sessions/${sessionId}/cancel HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n`;
    const line = `Authorization: Bearer ${accessToken}\r\n`;
    expect(await exchange(mock, `${head}${line}${line}\r\n`)).toMatch(/^HTTP\/1\.1 401 /);
    expect((await cancel(mock, sessionId, bearer('x'.repeat(8_100)))).status).toBe(401);
  });
});

describe('The id', () => {
  const near: readonly (readonly [name: string, alter: (id: string) => string])[] = [
    ['without dashes', (id) => id.replaceAll('-', '')],
    ['in braces', (id) => `%7B${id}%7D`],
    ['behind urn:uuid:', (id) => `urn:uuid:${id}`],
    ['with a space behind', (id) => `${id}%20`],
    ['with more behind', (id) => `${id}0`],
    ['cut', (id) => id.slice(0, -1)],
    ['with a NUL', (id) => `${id}%00`],
    ['that cannot be decoded', () => '%E0%A4%A'],
    ['empty', () => ''],
    ['of no session', () => '00000000-0000-0000-0000-000000000000'],
  ];

  test.each(near)('%s is refused with 400 and cancels nothing', async (_name, alter) => {
    const session = await sessionOf(mock);
    expect((await cancel(mock, alter(session.sessionId), bearer(session.accessToken))).status).toBe(400);
    expect(await statusOf(mock, session)).toBe('Initiated');
  });

  test('of raw bytes or in a header beyond all measure is refused, and the service lives on', async () => {
    const head = (id: string): string =>
      `POST /api/v2/sessions/${id}/cancel HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n`;
    expect(await exchange(mock, `${head('\xff\xfe')}\r\n`)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(await exchange(mock, `${head('x')}X-Long: ${'x'.repeat(40_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    expect(await exchange(mock, 'no HTTP at all\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect((await authorize(mock, mock.clients.main)).status).toBe(200);
  });
});

describe('The media type', () => {
  const types = ['text/plain', 'application/json', 'text/json'];

  test.each(types)('is %s for 200, 400 and 401 where that alone is asked for', async (accept) => {
    const { sessionId, accessToken } = await sessionOf(mock);
    const answers = [
      await cancel(mock, sessionId, { ...bearer(accessToken), accept }),
      await cancel(mock, sessionId, { ...bearer(accessToken), accept }),
      await cancel(mock, sessionId, { accept }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 401]);
    for (const answer of answers) {
      expect(answer.headers.get('content-type')).toBe(`${accept}; charset=utf-8`);
      expect(await answer.json()).toEqual(expect.any(Object));
    }
  });
});

describe('Other methods', () => {
  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])(
    '%s is answered 405 with Allow, and cancels nothing',
    async (method) => {
      const session = await sessionOf(mock);
      const headers = { ...bearer(session.accessToken), 'x-http-method-override': 'POST' };
      const answer = await cancel(mock, session.sessionId, headers, method);
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
      expect(await statusOf(mock, session)).toBe('Initiated');
    },
  );

  test('unknown paths are answered 404 with a problem', async () => {
    const answer = await fetch(`${mock.url}/api/v2/nothing`);
    expect([answer.status, await answer.json()]).toEqual([404, expect.objectContaining({ status: 404 })]);
  });
});

describe('Starting the mock', () => {
  test('an unknown fault or variant is refused with the nearest one', async () => {
    await expect(startMock({ fault: 'twice.allways' })).rejects.toThrow(UserError);
    await expect(startMock({ fault: 'twice.allways' })).rejects.toThrow('Did you mean twice.always?');
    await expect(startMock({ variant: 'base-pat' })).rejects.toThrow('Did you mean base-path?');
  });

  test('the base path of a variant is part of the URL', async () => {
    const behind = await startMock({ variant: 'base-path' });
    const { sessionId, accessToken } = await sessionOf(behind);
    expect(behind.url).toMatch(/\/pay\/sandbox$/);
    expect((await cancel(behind, sessionId, bearer(accessToken))).status).toBe(200);
    await behind.close();
  });

  test('a port that is taken is refused', async () => {
    const port = Number(new URL(mock.url).port);
    await expect(startMock({ port })).rejects.toThrow(UserError);
  });

  test('latency is added to every answer', async () => {
    const slow = await startMock({ latencyMs: 60 });
    const started = performance.now();
    await authorize(slow, slow.clients.main);
    expect(performance.now() - started).toBeGreaterThan(55);
    await slow.close();
  });

  test('closing ends requests that are never answered', async () => {
    const silent = await startMock({ fault: 'delivery.401-unanswered' });
    const { port } = new URL(silent.url);
    const waiting = cancel(silent, 'x', {}).catch(() => 'ended');
    await pause(50);
    await silent.close();
    expect(await waiting).toBe('ended');
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
  });
});
