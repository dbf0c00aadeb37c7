/** Variants of how an answer travels: connections, headers, chunks, pace. */

import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { empty } from '../answers.js';
import { type Answer, type Call, type Change, type Headers, instead, when } from '../behaviour.js';
import { succeeded } from '../conditions.js';
import { answer, header, perMock, toCancel, variant } from './define.js';

/** Answers come so late, each for itself, when all is done. */
export const paced = (milliseconds: () => number): Change =>
  instead('send', async (_call, _answer, ordinary) => {
    await pause(milliseconds(), undefined, { ref: false });
    return ordinary();
  });

export const between = (least: number, most: number): number => least + Math.random() * (most - least);

function setHeaders({ response }: Call, { status, headers }: Answer): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** In pieces of a few bytes, so that characters are cut apart. */
const inChunks = (size: number, gapMs: number): Change =>
  instead('send', async (call, one) => {
    setHeaders(call, one);
    for (let at = 0; at < one.body.length; at += size) {
      call.response.write(one.body.subarray(at, at + size));
      if (gapMs > 0) await pause(gapMs, undefined, { ref: false });
    }
    call.response.end();
    return undefined;
  });

/** Where there is no body there are no chunks, and so no trailers. */
const withTrailers: Change = instead('send', async (call, one, ordinary): Promise<undefined> => {
  if (one.body.length === 0 || call.request.method === 'HEAD') return ordinary();
  setHeaders(call, { ...one, headers: { ...one.headers, Trailer: 'Server-Timing' } });
  call.response.write(one.body);
  call.response.addTrailers({ 'Server-Timing': 'total;dur=1' });
  call.response.end();
});

const renamedHeaders = (rename: (name: string) => string): Change =>
  answer((one) => ({
    ...one,
    headers: Object.fromEntries(Object.entries(one.headers).map(([name, value]) => [rename(name), value])),
  }));

const headers = (added: Headers): Change =>
  answer((one) => ({ ...one, headers: { ...one.headers, ...added } }));

/** Interim answers before the real one. */
const afterInterim = (interim: (call: Call) => void): Change =>
  instead('send', (call, _answer, ordinary) => {
    interim(call);
    return ordinary();
  });

/** How many requests came over each connection so far. */
const requestsOver = perMock(() => new WeakMap<Socket, number>());

const requestsSoFar = (call: Call): number => requestsOver(call).get(call.request.socket) ?? 0;

const counted: Change = instead('serve', (call, _operation, ordinary) => {
  requestsOver(call).set(call.request.socket, requestsSoFar(call) + 1);
  return ordinary();
});

/** A connection over which no further request has come in time is closed. Node itself waits a second longer. */
const idleFor = (milliseconds: number): readonly Change[] => [
  counted,
  header('Connection', 'keep-alive'),
  instead('send', (call, _answer, ordinary) => {
    const last = requestsSoFar(call);
    const closeIfIdle = (): void => {
      if (requestsSoFar(call) === last) call.request.socket.end();
    };
    call.response.once('finish', () => setTimeout(closeIfIdle, milliseconds).unref());
    return ordinary();
  }),
];

/** A kept connection ends under the request that comes over it; a fresh one always answers. */
const endsKeptConnections: readonly Change[] = [
  instead('serve', (call, _operation, ordinary) => {
    if (requestsSoFar(call) <= 8) return ordinary();
    call.request.socket.destroy();
    return empty(400);
  }),
  counted,
];

export const deliveryVariants = [
  variant('connection.close', 'Every answer closes its connection.', header('Connection', 'close')),
  variant(
    'connection.close-now-and-then',
    'One answer in three, at random, closes its connection.',
    answer((one) =>
      Math.random() < 1 / 3 ? { ...one, headers: { ...one.headers, Connection: 'close' } } : one,
    ),
  ),
  variant(
    'connection.idle-2',
    'Idle connections are closed after 2 ms, without a word about it.',
    idleFor(2),
  ),
  variant(
    'connection.idle-5',
    'Idle connections are closed after 5 ms, without a word about it.',
    idleFor(5),
  ),
  variant('connection.five-requests', 'A connection is kept for five requests, and the answers say so.', [], {
    settings: { requestsPerConnection: 5 },
  }),
  variant(
    'connection.ends-under-requests',
    'A connection that has served eight requests ends under the ninth, unheard.',
    endsKeptConnections,
  ),
  variant(
    'pace.jitter',
    'Answers take 5 to 40 ms.',
    paced(() => between(5, 40)),
  ),
  variant(
    'pace.slow',
    'Answers take 80 ms.',
    paced(() => 80),
  ),
  variant(
    'pace.now-and-then',
    'One answer in thirty, at random, takes 600 ms.',
    paced(() => (Math.random() < 1 / 30 ? 600 : 0)),
  ),
  variant('chunks', 'Bodies come in chunks of seven bytes.', inChunks(7, 0)),
  variant('chunks.slow', 'Bodies come in chunks of 64 bytes, with 3 ms between them.', inChunks(64, 3)),
  variant('chunks.trailers', 'Bodies come in chunks, with a trailer behind them.', withTrailers),
  variant(
    'interim.early-hints',
    'A 103 comes before every answer.',
    afterInterim(({ response }) => response.writeEarlyHints({ link: '</help>; rel=help' })),
  ),
  variant(
    'interim.processing',
    'Two 102 come before every answer.',
    afterInterim(({ response }) => {
      response.writeProcessing();
      response.writeProcessing();
    }),
  ),
  variant(
    'interim.continue',
    'A 100 that nobody asked for comes before every answer (RFC 9110 section 15.2).',
    afterInterim(({ response }) => response.writeContinue()),
  ),
  variant(
    'header.cookies',
    'Answers set two cookies.',
    header('Set-Cookie', ['ARRAffinity=0a1b; Path=/; HttpOnly', 'lang=en; Secure']),
  ),
  variant(
    'header.cors',
    'Answers have CORS headers.',
    headers({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Location' }),
  ),
  variant(
    'header.security',
    'Answers have security headers.',
    headers({
      'Strict-Transport-Security': 'max-age=31536000',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'",
    }),
  ),
  variant(
    'header.gateway',
    'Answers have the headers of a gateway and of a cache.',
    headers({
      Via: '1.1 gateway',
      'X-Request-Id': 'b1a7',
      'Server-Timing': 'total;dur=3',
      'Cache-Control': 'no-store',
      Age: '0',
      ETag: 'W/"1"',
    }),
  ),
  variant(
    'header.by-path',
    'A header names which of two servers answered, and the path decides.',
    answer((one, { request }) => ({
      ...one,
      headers: { ...one.headers, 'X-Served-By': `app-${(request.path.charCodeAt(22) || 0) % 2}` },
    })),
  ),
  variant('header.language', 'Answers name their language.', header('Content-Language', 'en-CA')),
  variant(
    'header.location',
    'A 200 has a Location.',
    answer((one) => ({ ...one, headers: { ...one.headers, Location: '/api/v2/sessions' } }), succeeded),
  ),
  variant(
    'header.lower-case',
    'The names of headers are in lower case.',
    renamedHeaders((name) => name.toLowerCase()),
  ),
  variant(
    'header.upper-case',
    'The names of headers are in upper case.',
    renamedHeaders((name) => name.toUpperCase()),
  ),
  variant('header.long', 'Answers have 15,000 bytes of headers.', header('X-Trace', 'x'.repeat(14_500))),
  variant(
    'header.no-date',
    'Answers have no Date.',
    instead('send', (call, _answer, ordinary) => {
      call.response.sendDate = false;
      return ordinary();
    }),
  ),
  variant(
    'header.challenges',
    'A 401 offers two schemes, and says what is wrong.',
    instead(
      'finish',
      when(toCancel, async (_call, _answer, ordinary) => {
        const one = await ordinary();
        if (one.status !== 401) return one;
        return {
          ...one,
          headers: {
            ...one.headers,
            'WWW-Authenticate': ['DPoP algs="ES256"', 'Bearer realm="pay", error="invalid_token"'],
          },
        };
      }),
    ),
  ),
  variant('pace.first', 'The first answer takes 1.5 seconds.', paceOfFirst()),
];

/** As after a cold start. */
function paceOfFirst(): Change {
  const started = perMock(() => ({ yet: false }));
  return instead('send', async (call, _answer, ordinary) => {
    const state = started(call);
    if (!state.yet) {
      state.yet = true;
      await pause(1_500, undefined, { ref: false });
    }
    return ordinary();
  });
}
