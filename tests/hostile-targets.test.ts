import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { commandProcess } from './command.js';
import { type Asked, type AskedOperation, type Manner, originOf, startFront } from './hostile/front.js';
import { type Asking, type Judged, judged } from './hostile/judged.js';
import { answer, handsOut, ids, manners, redirectsTo, tokens } from './hostile/manners.js';

/** Runs of a few exchanges do for most. Nobody waits for these time-outs, however busy the machine is. */
const FEW: Asking = { only: ['cancel.page-example', 'answer.received', 'answer.json'], timeoutMs: 20_000 };
/** For those that are waited for until a time-out. */
const BRIEF: Asking = { ...FEW, timeoutMs: 2000 };
/** Everything is asked. */
const ALL: Asking = { only: [], timeoutMs: 20_000 };
/** Judged at once: each takes a processor for itself, but for those that are waited for. */
const AT_ONCE = 2;
/** So many time-outs a run may take. */
const SMALL_NUMBER = 50;

/** What acts on a terminal, line feeds aside. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

async function judgedBehind(
  manner: Manner,
  chosen: (asked: Asked) => boolean,
  asking: Asking = FEW,
): Promise<Judged> {
  const front = await startFront(manner, chosen);
  try {
    const told = await judged(front, asking);
    expectDecent(told, [
      ...front.authorizations,
      front.credentials.main.password,
      front.credentials.other.password,
    ]);
    return told;
  } finally {
    await front.close();
  }
}

/** What holds whatever a target does. */
function expectDecent(
  { verdict, terminal, json, durationMs, timeoutMs }: Judged,
  authorizations: readonly string[],
): void {
  const secrets = authorizations
    .map((value) => value.replace(/^\S+\s+/, ''))
    // What anybody would guess is no secret.
    .filter((value) => value.length > 16 && !/^[0-]+$/.test(value));
  expect(terminal).not.toMatch(CONTROL);
  expect(terminal + json).not.toMatch(/\n\s+at .*:\d+:\d+/);
  expect(secrets.filter((secret) => (terminal + json).includes(secret))).toEqual([]);
  expect(verdict.exitCode).toBe({ conformant: 0, nonconformant: 1, inconclusive: 2 }[verdict.verdict]);
  expect(verdict.verdict === 'inconclusive' ? verdict.reason : 'a verdict').toMatch(/\S/);
  expect(durationMs).toBeLessThan(timeoutMs * SMALL_NUMBER);
}

/** What became of each, a few at a time. */
async function each<T, R>(
  table: Readonly<Record<string, T>>,
  judge: (one: T) => Promise<R>,
  atOnce = AT_ONCE,
): Promise<Record<string, R>> {
  const waiting = Object.entries(table);
  const told: Record<string, R> = {};
  async function lane(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      told[next[0]] = await judge(next[1]);
  }
  await Promise.all(Array.from({ length: atOnce }, lane));
  return told;
}

/** Manners that end in a time-out, and cost nothing but that. */
const TIME_OUT = [
  'is silent after the request',
  'sends one byte a second',
  'promises a length that never comes',
  'promises a length of petabytes',
  'answers 1xx without end',
];

/** What becomes of a target with one operation in each manner. */
async function outcomesOf(operation: AskedOperation, chosen: (name: string) => boolean = () => true) {
  const some = (wanted: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(manners).filter(([name]) => chosen(name) && wanted(name)));
  const judge = (asking: Asking) => async (manner: Manner) =>
    outcome(await judgedBehind(manner, on(operation), asking));
  const answering = await each(
    some((name) => !TIME_OUT.includes(name)),
    judge(FEW),
  );
  const waitedFor = await each(
    some((name) => TIME_OUT.includes(name)),
    judge(BRIEF),
    TIME_OUT.length,
  );
  return Object.entries({ ...answering, ...waitedFor });
}

const outcome = ({ verdict: { verdict, reason } }: Judged) => `${verdict}: ${reason}`;
const on = (operation: AskedOperation) => (asked: Asked) => asked.operation === operation;

/** Tells on standard error how much memory the process had at most, in kilobytes. */
const TELL_MEMORY =
  '--import "data:text/javascript,process.on(`exit`,()=>console.error(`memory`,process.resourceUsage().maxRSS))"';
const MOST_KILOBYTES = 500 * 1024;

/** The operation has no answer of its own: a run waits, and then cannot be judged. */
const WAITS = ['answers 429 without end', 'asks for patience of a year'];

describe('a target', () => {
  it.each([
    ['authorize', /^inconclusive: Authorize .*\.$/],
    ['initiate', /^inconclusive: Initiate .*\.$/],
  ] as const)('whose %s is hostile cannot be judged, with a reason', async (operation, told) => {
    for (const [name, text] of await outcomesOf(operation)) expect(text, name).toMatch(told);
  });

  it('whose details are hostile is judged without them', async () => {
    const some = Object.keys(manners).filter((_, i) => i % 8 === 0);
    for (const [name, text] of await outcomesOf('details', (one) => some.includes(one)))
      expect(text, name).toBe('conformant: null');
  });

  const judgeable = Object.keys(manners).filter((name) => !WAITS.includes(name));
  it.each([0, 1, 2])(
    'whose cancel is hostile gets a verdict (every third manner, from %i on)',
    async (from) => {
      const some = judgeable.filter((_, i) => i % 3 === from);
      for (const [name, text] of await outcomesOf('cancel', (one) => some.includes(one)))
        expect(text, name).toMatch(/^(non)?conformant: null/);
    },
  );

  it.each(WAITS)('that %s cannot be judged', async (name) => {
    const told = await judgedBehind(manners[name] ?? (() => {}), on('cancel'));
    expect(outcome(told)).toMatch(/^inconclusive: The target (kept answering 429|answered 429 and asked)/);
  });

  it.each([
    ['is silent after the request', { only: [], timeoutMs: 1500 }],
    ['sends escape sequences with 200', ALL],
    ['sends script in every text', ALL],
  ])('that %s is judged to the end', async (name, asking) => {
    const told = await judgedBehind(manners[name] ?? (() => {}), on('cancel'), asking);
    expect(outcome(told)).toMatch(/^nonconformant/);
  });

  it('that hands out no usable token cannot be judged', async () => {
    const outcomes = await each(tokens, async (token) =>
      outcome(await judgedBehind(handsOut('access_token', token, 200), on('authorize'))),
    );
    for (const [name, text] of Object.entries(outcomes))
      expect(text, name).toMatch(/^inconclusive: Authorize /);
  });

  it('that hands out no usable session id cannot be judged, and is asked for none', async () => {
    const asked: string[] = [];
    const outcomes = await each(ids, async (id) =>
      outcome(
        await judgedBehind(
          (socket, request) => {
            if (request.operation === 'initiate') handsOut('sessionId', id, 201)(socket, request);
            else asked.push(request.path);
          },
          ({ operation }) => operation !== 'authorize',
        ),
      ),
    );
    for (const [name, text] of Object.entries(outcomes))
      expect(text, name).toMatch(/^inconclusive: Initiate /);
    expect(asked).toEqual([]);
  });

  it('that sends to another origin is not followed', async () => {
    let followed = 0;
    const elsewhere = createServer((socket) => {
      followed += 1;
      socket.destroy();
    });
    await once(elsewhere.listen(0, '127.0.0.1'), 'listening');
    try {
      for (const status of [302, 307])
        for (const operation of ['authorize', 'initiate', 'details', 'cancel'] as const)
          await judgedBehind(redirectsTo(originOf(elsewhere), status), on(operation));
      expect(followed).toBe(0);
    } finally {
      elsewhere.close();
    }
  });

  it('that accepts connections and reads nothing cannot be judged', async () => {
    const silent = createServer((socket) => void socket.pause());
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const credentials = { main: { username: 'partner', password: 'open-sesame-42' } };
    const told = await judged({ url: originOf(silent), credentials }, BRIEF);
    silent.close();
    expectDecent(told, ['open-sesame-42']);
    expect(outcome(told)).toMatch(/^inconclusive: Authorize gave no answer/);
  });

  it('that refuses connections is tried a few times, and cannot be judged', async () => {
    const closed = createServer();
    await once(closed.listen(0, '127.0.0.1'), 'listening');
    const url = originOf(closed);
    await new Promise((done) => closed.close(done));
    const told = await judged(
      {
        url,
        credentials: { main: { username: 'partner', password: 'open-sesame-42' } },
      },
      ALL,
    );
    expectDecent(told, ['open-sesame-42']);
    expect(outcome(told)).toMatch(
      /^inconclusive: The target cannot be reached \(no connection \(ECONNREFUSED\), 4 times/,
    );
    expect(told.verdict.exchanges).toBe(4);
  });

  it('that dies in the middle leaves what was measured', async () => {
    let cancels = 0;
    const front = await startFront(
      () => {},
      ({ operation }) => {
        if (operation === 'cancel') cancels += 1;
        if (cancels === 40) void front.close();
        return false;
      },
    );
    const told = await judged(front, ALL);
    expectDecent(told, [...front.authorizations]);
    expect(outcome(told)).toMatch(/^inconclusive: The target cannot be reached/);
    expect(told.verdict.requirements.filter(({ status }) => status === 'pass').length).toBeGreaterThan(0);
  });

  it('that comes back within a second is judged to the end', async () => {
    let asked = 0;
    const firstThree = ({ operation }: Asked) => {
      if (operation === 'cancel') asked += 1;
      return operation === 'cancel' && asked <= 3;
    };
    const soon = new Date(Date.now() + 1000).toUTCString();
    const told = await judgedBehind(
      (socket) => void socket.end(answer(429, '{}', { 'Retry-After': soon })),
      firstThree,
    );
    expect(outcome(told)).toBe('conformant: null');
  });
});

it('no target fills the memory', async () => {
  const large = [
    'sends an endless body',
    'sends a gzip bomb',
    'sends a header of 1 MB',
    'nests JSON 100,000 deep',
  ];
  let asked = 0;
  const oneAfterAnother: Manner = (socket, request) => {
    manners[large[asked % large.length] ?? '']?.(socket, request);
    asked += 1;
  };
  const front = await startFront(oneAfterAnother, on('cancel'));
  const { username, password } = front.credentials.main;
  const args = ['run', '--target', front.url, '--depth', 'smoke', '--max-sessions', '12', '--seed', '5'];
  const { status, stdout, stderr, verdict } = await commandProcess(args, {
    env: { CONFORMANCE_USERNAME: username, CONFORMANCE_PASSWORD: password, NODE_OPTIONS: TELL_MEMORY },
  });
  await front.close();
  expect(stdout + stderr).not.toMatch(CONTROL);
  expect(verdict()).toMatchObject({ verdict: 'nonconformant' });
  expect(status).toBe(1);
  const [, kilobytes] = /^memory (\d+)$/m.exec(stderr) ?? [];
  expect(Number(kilobytes)).toBeLessThan(MOST_KILOBYTES);
});
