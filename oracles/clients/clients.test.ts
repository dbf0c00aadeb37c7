/** What client oracles say of calls that are written down, with times of which nobody has to wait for one. */

import { describe, expect, it } from 'vitest';
import type { Call, CallEnd } from '../../fixtures/call.js';
import type { Header, Operation } from '../../fixtures/exchange.js';
import { loadContract } from '../../spec/contract.js';
import { clientOracles } from './index.js';
import { readTraffic } from './traffic.js';

const contract = loadContract();
const ID = '70e694b4-b689-4e5f-a91e-913a549cb967';
const OTHER_ID = '3e82fc7a-7662-4f9f-84ee-c544f5681f1c';

interface Told {
  readonly operation?: Operation;
  /** When it arrived, and when it ended, in milliseconds. */
  readonly at: number;
  readonly until?: number;
  /** Null where no answer came. */
  readonly status?: number | null;
  readonly end?: CallEnd;
  readonly token?: string;
  readonly id?: string;
  readonly headers?: readonly Header[];
  readonly path?: string;
  readonly exact?: boolean;
  readonly body?: unknown;
  readonly answer?: unknown;
  readonly answerHeaders?: readonly Header[];
  readonly connection?: number;
  readonly bent?: boolean;
}

const PATHS = {
  authorize: () => '/api/v1/authorize',
  initiate: () => '/api/v2/sessions',
  details: (id: string) => `/api/v2/sessions/${id}/details`,
  cancel: (id: string) => `/api/v2/sessions/${id}/cancel`,
};

function call(told: Told, i: number): Call {
  const {
    operation = 'cancel',
    at,
    until = at + 1,
    status = 200,
    end = 'received',
    token = 'token-1',
    id = ID,
  } = told;
  const authorization = operation === 'authorize' ? 'Basic dTpw' : `Bearer ${token}`;
  const isAnswered = status !== null && end === 'received';
  return {
    number: i + 1,
    operation,
    request: {
      method: operation === 'details' ? 'GET' : 'POST',
      path: told.path ?? PATHS[operation](id),
      headers: [['Authorization', authorization], ...(told.headers ?? [])],
      body: told.body === undefined ? null : JSON.stringify(told.body),
    },
    response: isAnswered
      ? {
          status,
          headers: told.answerHeaders ?? [],
          body: Buffer.from(JSON.stringify(told.answer ?? {})),
          undecoded: [],
        }
      : null,
    failure: isAnswered ? null : { kind: 'reset', message: '', freshConnection: false },
    startedAt: at,
    durationMs: until - at,
    circumstances: {},
    curlAuthorization: '',
    meant: null,
    session: null,
    sentId: operation === 'cancel' || operation === 'details' ? id : null,
    exact: told.exact ?? true,
    connection: told.connection ?? i + 1,
    arrivedAt: at,
    lateBy: 0,
    endedAt: until,
    end,
    deliberate: new Set(),
    bent: told.bent ?? false,
  };
}

const authorized = (token: string, at: number, seconds = 299): Told => ({
  operation: 'authorize',
  at,
  answer: { access_token: token, expires_in: seconds },
});

/** The token that all calls of these tests carry where they name none. */
const FIRST = authorized('token-1', 0);

/** Requirements that these calls break, in the order of the oracles. */
function broken(calls: readonly Told[], givenToken: string | null = null): string[] {
  const traffic = readTraffic([FIRST, ...calls].map(call), {
    contract,
    givenToken,
    earlierTokens: new Map(),
    secrets: ['a-password-that-is-long'],
  });
  return clientOracles.flatMap(({ requirement, judge }) =>
    judge(traffic).some(({ objection }) => objection !== null) ? [requirement] : [],
  );
}

/** Cancels with these statuses, the pauses between them in milliseconds. */
function tries(
  statuses: readonly (number | null)[],
  pauses: readonly number[],
  more: Partial<Told> = {},
): Told[] {
  let at = 10;
  return statuses.map((status, i) => {
    const one: Told = { at, status, end: status === null ? 'cut' : 'received', ...more };
    at += 1 + (pauses[i] ?? 0);
    return one;
  });
}

describe('after a 400', () => {
  it('a session may be cancelled twice more, and not three times', () => {
    expect(broken(tries([200, 400, 400, 400], [300, 300, 300]))).toEqual([]);
    expect(broken(tries([400, 400, 400, 400], [300, 300, 300]))).toEqual(['client.repeat.after-400']);
  });

  it('a session may be cancelled again where the 400 was lost', () => {
    const lost: Told = { at: 10, status: 400, end: 'hung-up' };
    expect(
      broken([lost, ...tries([400, 400, 400], [300, 300]).map((one) => ({ ...one, at: one.at + 200 }))]),
    ).toEqual([]);
  });

  it('a race of cancels is none of them', () => {
    const race = Array.from({ length: 5 }, (_, i) => ({ at: 10 + i, until: 12 + i, status: 400 }));
    expect(broken(race)).toEqual(['client.no-overlap']);
  });

  it('a loop is told however fast it is', () => {
    expect(broken(tries([400, 400, 400, 400], [0, 0, 0]))).toEqual(['client.repeat.after-400']);
  });
});

describe('after a 401', () => {
  const second = authorized('token-2', 400);

  it('the same token may be sent once more, and not twice', () => {
    const again: Told = { at: 500, token: 'token-2' };
    expect(broken([...tries([401, 401], [100]), second, again])).toEqual([]);
    expect(broken([...tries([401, 401, 401], [100, 100]), second, again])).toEqual([
      'client.repeat.after-401',
    ]);
  });

  it('other requests of the same token that were under way are not repetitions', () => {
    const batch = [ID, OTHER_ID].flatMap((id, i) => [{ at: 10 + i, until: 14, status: 401, id }]);
    const late: Told = { at: 15, until: 16, status: 401, id: ID.replace('7', '8') };
    const done = [ID, OTHER_ID, ID.replace('7', '8')].map((id, i) => ({ at: 500 + i, id, token: 'token-2' }));
    expect(broken([...batch, { ...late, at: 13 }, second, ...done])).toEqual([]);
  });

  it('a client authorises and tries again, unless its token was given by hand or Authorize fails', () => {
    const refused = tries([401], []);
    expect(broken(refused)).toEqual(['client.retry.after-401']);
    expect(broken([...refused, second])).toEqual(['client.retry.after-401']);
    expect(broken([...refused, { operation: 'authorize', at: 400, status: 503 }])).toEqual([]);
    expect(broken(refused, 'token-1')).toEqual([]);
  });

  it('an Initiate that is refused since the token has initiated says nothing of the token', () => {
    const initiate = (at: number, status: number): Told => ({
      operation: 'initiate',
      at,
      status,
      answer: { sessionId: ID },
    });
    const calls = [initiate(5, 201), initiate(10, 401), { at: 300 }, { at: 600, status: 400 }];
    expect(broken(calls)).toEqual(['client.initiate.one-session']);
  });
});

describe('a token', () => {
  it('of unknown origin is told only where the target refuses it, and no scenario does', () => {
    const once = (more: Partial<Told>) => broken([{ at: 10, token: 'unknown', ...more }]);
    expect(once({ status: 200 })).toEqual([]);
    expect(once({ status: 400 })).toEqual([]);
    expect(once({ status: 401 })).toContain('client.token.issued');
    expect(once({ status: 401, bent: true })).not.toContain('client.token.issued');
  });

  it('past its expires_in may be used once, which is told as a should', () => {
    const brief = authorized('token-2', 5, 2);
    const use = (at: number, status: number): Told => ({ at, status, token: 'token-2' });
    expect(broken([brief, use(2100, 200)])).toEqual([]);
    expect(broken([brief, use(2300, 200)])).toEqual(['client.token.expired']);
    expect(broken([brief, use(2300, 200), use(2700, 400)])).toEqual([
      'client.token.expired-again',
      'client.token.expired',
    ]);
  });

  it('initiates one session, also where the first answer was lost', () => {
    const initiate = (at: number, end: CallEnd = 'received'): Told => ({
      operation: 'initiate',
      at,
      status: 201,
      end,
      answer: { sessionId: ID },
    });
    const cancelled: Told = { at: 900 };
    expect(broken([initiate(10, 'hung-up'), initiate(20), cancelled])).toEqual([]);
    expect(broken([initiate(10), initiate(20), cancelled])).toEqual(['client.initiate.one-session']);
    // The client no longer waits for the first answer, and keeps the connection open; or it never did.
    const first = { ...initiate(10), until: 1000 };
    expect(broken([first, initiate(500), cancelled])).toEqual([]);
    expect(broken([first, initiate(20), cancelled])).toEqual(['client.initiate.one-session']);
  });
});

describe('tries', () => {
  it('are ten at most', () => {
    const many = (count: number) => tries(Array(count).fill(503), Array(count).fill(400));
    expect(broken(many(10))).toEqual([]);
    expect(broken(many(11))).toEqual(['client.no-storm']);
  });

  it('are five at most within one second', () => {
    expect(broken(tries(Array(6).fill(503), Array(6).fill(210)))).toEqual([]);
    expect(broken(tries(Array(6).fill(503), Array(6).fill(190)))).toEqual(['client.no-storm']);
  });

  it('are four at least where failures go on', () => {
    expect(broken(tries([503, 503, 503, 503], [60, 60, 60]))).toEqual([]);
    expect(broken(tries([503, 503, 503], [60, 60]))).toEqual(['client.retry.transient']);
    expect(broken(tries([null], []))).toEqual(['client.retry.transient']);
    expect(broken(tries([429, null, 500, 200], [60, 60, 60]))).toEqual([]);
  });

  it('are not asked of a client that hung up and did nothing more', () => {
    const hungUp: Told = { at: 10, until: 1000, end: 'hung-up' };
    expect(broken([hungUp])).toEqual([]);
    expect(broken([hungUp, { at: 2000, id: OTHER_ID }])).toEqual(['client.retry.transient']);
  });
});

describe('pauses', () => {
  it('begin with 50 ms', () => {
    expect(broken(tries([503, 200], [49]))).toEqual(['client.retry.pauses']);
    expect(broken(tries([503, 200], [50]))).toEqual([]);
  });

  it('grow, or shrink by a quarter at most', () => {
    expect(broken(tries([503, 503, 503, 200], [100, 76, 57]))).toEqual([]);
    expect(broken(tries([503, 503, 200], [100, 74]))).toEqual(['client.retry.pauses']);
  });

  it('respect Retry-After in both of its forms, and 100 ms are allowed', () => {
    const asked = (pause: number, value: string) =>
      broken(tries([429, 200], [pause]).map((one) => ({ ...one, answerHeaders: [['Retry-After', value]] })));
    expect(asked(900, '1')).toEqual([]);
    expect(asked(899, '1')).toEqual(['client.retry.pauses']);
    expect(asked(899, new Date(2000).toUTCString())).toEqual(['client.retry.pauses']);
    expect(asked(1890, new Date(2000).toUTCString())).toEqual([]);
    expect(asked(60, 'soon')).toEqual([]);
  });

  it('that the server asked for are no measure for others', () => {
    const [first, ...rest] = tries([429, 503, 503, 200], [1000, 100, 100]);
    const calls = [{ ...first, at: 10, answerHeaders: [['Retry-After', '1']] as const }, ...rest];
    expect(broken(calls)).toEqual([]);
  });
});

describe('a URL holds no secret', () => {
  const at = (path: string) => broken([{ at: 10, path }]);
  it.each([
    ['?access_token=x'],
    ['?x=token-1-that-is-no-secret'],
    ['?x=a-password-that-is-long'],
    ['?x=a%2Dpassword-that-is-long'],
    ['?h=Bearer%20a-password-that-is-long'],
    ['?log=%7B%22t%22:%22a-password-that-is-long%22%7D'],
    ['?x=a%252Dpassword-that-is-long'],
    ['#access_token=a-password-that-is-long'],
    ['?Client_Secret=x'],
    ['?password='],
    ['?token=csrf'],
  ])('%s', (query) => {
    const isSecret = !['?x=token-1-that-is-no-secret', '?password=', '?token=csrf'].includes(query);
    expect(at(`/api/v2/sessions/${ID}/cancel${query}`)).toEqual(isSecret ? ['client.no-secret-in-url'] : []);
  });
});

it('where a redirect leads is the choice of the target', () => {
  const path = `/api/v2/sessions/${ID}/cancel/`;
  const redirect: Told = { at: 10, status: 308, answerHeaders: [['Location', path]] };
  const followed: Told = { at: 20, path, exact: false };
  expect(broken([redirect, followed])).toEqual([]);
  expect(broken([followed])).toEqual(['client.cancel.request']);
});

describe('headers', () => {
  const withHeader = (name: string, value: string) => broken([{ at: 10, headers: [[name, value]] }]);

  it.each([
    '*/*',
    'application/json',
    'text/*;q=0.1',
    'application/xml, text/json',
    'application/json, text/plain, */*',
    '',
  ])('Accept may be %j', (value) => expect(withHeader('Accept', value)).toEqual([]));

  it.each(['application/xml', 'image/*', 'text/html', 'application/json;q=0'])(
    'Accept may not be %j',
    (value) => expect(withHeader('Accept', value)).toEqual(['client.accept']),
  );

  it.each([
    ['Authorization', 'Bearer token-1', 'client.authorization'],
    ['x-client-id', '', 'client.client-id'],
    ['x-client-id', 'two words', 'client.client-id'],
  ])('%s: %j is one too many or none', (name, value, requirement) => {
    expect(withHeader(name, value)).toEqual([requirement]);
  });
});

it('a session that was initiated is to be cancelled, whatever its answer', () => {
  const initiate: Told = {
    operation: 'initiate',
    at: 5,
    status: 201,
    answer: { sessionId: OTHER_ID.toUpperCase() },
  };
  expect(broken([initiate])).toEqual(['client.cleanup']);
  expect(broken([initiate, ...tries([null, null, null, null], [60, 60, 60], { id: OTHER_ID })])).toEqual([]);
});
