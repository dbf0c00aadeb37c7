import { expect, it } from 'vitest';
import type { Circumstances, Exchange, Header, Operation } from '../fixtures/exchange.js';
import { Secrets } from '../fixtures/secrets.js';
import { Observing, showingOf } from './observing.js';

const SESSION = '3e82fc7a-7662-4f9f-84ee-c544f5681f1c';
const json: readonly Header[] = [['Content-Type', 'application/json; charset=utf-8']];

interface Answer {
  readonly status: number;
  readonly headers?: readonly Header[];
  readonly body: unknown;
}

let number = 0;

/** A cancel of a session that is cancelled, unless the circumstances say something else. */
function exchange(
  { status, headers = json, body }: Answer,
  circumstances: Circumstances = {},
  operation: Operation = 'cancel',
): Exchange {
  number += 1;
  const session = { id: SESSION, referenceId: 'USER12345', referenceIdGiven: true, trail: [] };
  const asked: Circumstances = {
    token: 'valid',
    session: 'cancelled, asked 1 times before',
    ...circumstances,
  };
  return {
    number,
    operation,
    request: {
      method: asked['method'] ?? 'POST',
      path: `/api/v2/sessions/${asked['id'] ?? SESSION}/cancel`,
      headers: [['Accept', asked['Accept'] ?? '*/*']],
      body: null,
    },
    response: { status, headers, body: Buffer.from(JSON.stringify(body)), undecoded: [] },
    failure: null,
    startedAt: 0,
    durationMs: 1,
    circumstances: asked,
    curlAuthorization: '',
    meant: SESSION,
    sentId: asked['id'] ?? SESSION,
    session: asked['id'] === undefined ? session : null,
  };
}

function observed(exchanges: readonly Exchange[], secrets = new Secrets()): Record<string, string> {
  const observing = new Observing();
  for (const one of exchanges) observing.note(one);
  const all = observing.told(showingOf({ secrets, origin: 'https://sandbox.example.com' }));
  return Object.fromEntries(all.map(({ id, value }) => [id, value]));
}

const refusal = (members: object, circumstances?: Circumstances) =>
  exchange({ status: 400, body: members }, circumstances);

it('tells what stands in a problem, and names what chance, time and session decide', () => {
  const problem = (i: number) => ({
    title: 'Bad Request',
    detail: `Session ${SESSION} cannot be cancelled`,
    traceId: `00-${i.toString(16).padStart(32, '0')}-01`,
    at: `2026-03-01T10:00:0${i}Z`,
    instance: `/problems/${i}`,
  });
  expect(observed([1, 2, 3].map((i) => refusal(problem(i))))).toMatchObject({
    'problem.cancelled': 'title, detail, traceId, at, instance',
    'problem.cancelled/title': '"Bad Request"',
    'problem.cancelled/detail': '"Session {sessionId} cannot be cancelled"',
    'problem.cancelled/traceId': '"00-{hex}-01"',
    'problem.cancelled/at': '"{time}"',
    'problem.cancelled/instance': 'varies (string)',
  });
});

it('takes a part for another one every time where it is so in answers alike', () => {
  const one = (i: number, circumstances?: Circumstances) =>
    refusal({ instance: `/problems/${i}` }, circumstances);
  const told = observed([one(1), one(2), one(3, { id: 'abc' })]);
  expect(told).toMatchObject({ 'problem.malformed/instance': 'varies (string)' });
  expect(observed([one(3, { id: 'abc' })])).not.toHaveProperty('problem.malformed/instance');
});

it('tells statuses where several are right, each once', () => {
  const foreign = { token: "another client's", session: 'active' };
  const told = observed([
    exchange({ status: 401, body: {} }, foreign),
    exchange({ status: 400, body: {} }, foreign),
    exchange({ status: 401, body: {} }, foreign),
    exchange({ status: 406, headers: [], body: '' }, { Accept: 'application/xml' }),
    exchange({ status: 413, body: {} }, { body: 'text/plain' }),
    exchange({ status: 405, headers: [['Allow', 'POST']], body: {} }, { method: 'GET' }),
  ]);
  expect(told).toMatchObject({
    'foreign-session': '400; 401',
    'accept.unacceptable': '406, no media type',
    'request.body.text.cancelled': '413',
    'method.get': '405, no media type',
    'method.allow': 'POST',
  });
});

it('does not tell what limits and overload decide', () => {
  expect(
    observed([exchange({ status: 429, body: {} }), exchange({ status: 503, body: {} }, {}, 'details')]),
  ).toEqual({});
});

it('leaves out headers that come too seldom to be more than chance', () => {
  const with401 = (headers: readonly Header[]) =>
    exchange({ status: 401, headers: [...json, ...headers], body: {} }, { token: 'none' });
  const many = Array.from({ length: 60 }, (_, i) => with401(i % 3 === 0 ? [['X-Cache', 'hit']] : []));
  const told = observed([...many, with401([['X-Random-7f3a', '1']])]);
  expect(told['headers.401']).toBe('x-cache (at times)');
});

it('tells what tokens look like, and shows none', () => {
  const tokens = ['ZmlzaCBhbmQ-Y2hpcHM', 'bm90IGEgcmVhbCBvbmU', '0123456789012345678'];
  const secrets = new Secrets();
  for (const token of tokens) secrets.add(token);
  const answers = tokens.map((access_token) =>
    exchange(
      { status: 200, body: { access_token, token_type: 'Bearer', expires_in: 60 } },
      { client: 'main' },
      'authorize',
    ),
  );
  const echo = exchange({ status: 400, body: { detail: `not with ${tokens[0]}` } });
  const observing = new Observing();
  for (const one of [...answers, echo, echo]) observing.note(one);
  const all = observing.told(showingOf({ secrets, origin: 'https://sandbox.example.com' }));
  expect(Object.fromEntries(all.map(({ id, value }) => [id, value]))).toMatchObject({
    'token.format': 'opaque, base64url, 19 characters',
    'token.type': 'Bearer',
    'token.lifetime': '60 seconds',
  });
  for (const token of tokens) expect(JSON.stringify(all)).not.toContain(token);
});

it('keeps no more of a hostile target than helps', () => {
  const names = Array.from({ length: 500 }, (_, i) => [`member-${i}`, 'x'.repeat(1000)]);
  const told = observed([refusal(Object.fromEntries(names)), refusal({ title: 'Bad Request' })]);
  expect(Object.keys(told).filter((id) => id.startsWith('problem.cancelled/')).length).toBeLessThan(65);
});
