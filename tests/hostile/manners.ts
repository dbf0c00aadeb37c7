/** The manners of hostile and broken targets: each answers one request on a socket. */

import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Manner } from './front.js';

type Headers = Readonly<Record<string, string>>;

/** An answer as one buffer, with the length of its body. */
export function answer(status: number, body: string | Buffer, headers: Headers = {}): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({
    'Content-Type': 'application/json',
    'Content-Length': String(bytes.length),
    Connection: 'close',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status} Some reason\r\n${lines.join('')}\r\n`, 'latin1'),
    bytes,
  ]);
}

/** The same bytes for every request. */
const always =
  (bytes: string | Buffer): Manner =>
  (socket) =>
    void socket.end(bytes);

/** The same bytes, and behind them nothing. */
const thenSilent =
  (bytes: string | Buffer): Manner =>
  (socket) =>
    void socket.write(bytes);

/** Until the reader goes away. */
function endlessly(socket: Socket, bytes: Buffer): void {
  const go = () => {
    while (socket.writable && socket.write(bytes));
  };
  socket.on('drain', go);
  go();
}

const CHUNKED = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
const BLOCK = Buffer.alloc(64 * 1024, 'x');

/** A hundred megabytes of spaces in a hundred kilobytes. */
const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024, ' '));

const ESCAPES = '\u001b[2J\u001b]0;owned\u0007\r\u009b31m\u202e';
const SCRIPT = `"><script>alert(1)</script><img src=x onerror=alert(2)>'&lt;`;

/** A problem, a session and a token at once, all of whose texts are the same one. */
const everywhere = (text: string) =>
  JSON.stringify({
    access_token: text,
    expires_in: text,
    sessionId: text,
    referenceId: text,
    status: text,
    statusDetails: text,
    type: text,
    title: text,
    detail: text,
    [text]: text,
  });

export const manners: Readonly<Record<string, Manner>> = {
  'resets the connection': (socket) => void socket.resetAndDestroy(),
  'closes the connection': (socket) => void socket.end(),
  'is silent after the request': () => {},
  'sends one byte a second': (socket) => {
    const bytes = answer(200, '{}');
    let sent = 0;
    const timer = setInterval(() => {
      socket.write(bytes.subarray(sent, sent + 1));
      sent += 1;
    }, 1000);
    socket.on('close', () => clearInterval(timer));
  },
  'sends an endless body': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n');
    endlessly(socket, BLOCK);
  },
  'sends endless chunks': (socket) => {
    socket.write(CHUNKED);
    endlessly(socket, Buffer.concat([Buffer.from('10000\r\n'), BLOCK, Buffer.from('\r\n')]));
  },
  'promises a length that never comes': thenSilent(answer(200, '{', { 'Content-Length': '1000' })),
  'promises a length and closes early': always(answer(200, '{', { 'Content-Length': '1000' })),
  'promises a length of petabytes': thenSilent(answer(200, '{', { 'Content-Length': '9007199254740991' })),
  'sends a gzip bomb': always(answer(200, bomb, { 'Content-Encoding': 'gzip' })),
  'sends a gzip bomb in a gzip': always(
    answer(200, gzipSync(bomb), { 'Content-Encoding': 'gzip, gzip, gzip' }),
  ),
  'claims a wrong Content-Encoding': always(answer(400, '{}', { 'Content-Encoding': 'gzip' })),
  'claims an unknown Content-Encoding': always(answer(400, '{}', { 'Content-Encoding': '__proto__' })),
  'sends 10,000 headers': always(
    answer(400, '{}', Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`X-${i}`, String(i)]))),
  ),
  'sends a header of 1 MB': always(answer(400, '{}', { 'X-Long': 'a'.repeat(1024 * 1024) })),
  'sends an endless header': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nX-Endless: ');
    endlessly(socket, BLOCK);
  },
  'sends malformed chunks': always(`${CHUNKED}zz\r\n{}\r\n0\r\n\r\n`),
  'sends a negative chunk': always(`${CHUNKED}-2\r\n{}\r\n0\r\n\r\n`),
  'sends conflicting lengths': always(
    'HTTP/1.1 400 Bad\r\nContent-Length: 2\r\nContent-Length: 3\r\nContent-Type: application/json\r\n\r\n{}',
  ),
  'sends a length and chunks': always(
    'HTTP/1.1 400 Bad\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  ),
  'sends garbage for a status line': always('\u0000\u0001\u001b[2J SSH-2.0-nonsense\r\n\r\n'),
  'answers as HTTP/0.9': always('<html>welcome</html>'),
  'answers with status 999': always('HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n'),
  'answers an unasked 101': always(
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\u0081\u0000',
  ),
  'answers a thousand 1xx': always(
    Buffer.concat([
      Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'.repeat(1000)),
      answer(400, '{}'),
    ]),
  ),
  'answers 1xx without end': (socket) =>
    endlessly(socket, Buffer.from('HTTP/1.1 102 Processing\r\n\r\n'.repeat(100))),
  'sends bytes that are not UTF-8': always(answer(400, Buffer.from([0x7b, 0xff, 0xfe, 0x80, 0x7d]))),
  'sends UTF-16': always(answer(400, Buffer.from('\ufeff{"status":400}', 'utf16le'))),
  'sends a byte order mark': always(answer(400, '\ufeff{"status":400}')),
  'puts white space around JSON': always(
    answer(400, `${' \n\t\r\n'.repeat(40_000)}{"status":400}${'\n \t'.repeat(40_000)}`),
  ),
  'nests JSON 100,000 deep': always(answer(400, `{"detail":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)),
  'names members twice': always(answer(400, '{"status":400,"status":401,"status":"x"}')),
  'names members __proto__': always(
    answer(
      200,
      '{"__proto__":{"access_token":"a","isAdmin":true},"constructor":{"prototype":1},"toString":1}',
    ),
  ),
  'sends numbers too large': always(
    answer(400, '{"status":1e999,"expires_in":1e400,"access_token":123456789012345678901234567890}'),
  ),
  'sends escape sequences': always(answer(400, everywhere(ESCAPES))),
  'sends escape sequences with 200': always(answer(200, everywhere(ESCAPES))),
  'sends escape sequences in a header': always(answer(400, '{}', { 'X-Note': '\u001b[2J\u009b31m' })),
  'sends escape sequences in a media type': always(
    answer(400, '\u001b[2J\r\u0007', { 'Content-Type': 'text/\u009b31mhtml' }),
  ),
  'sends script in every text': always(answer(400, everywhere(SCRIPT))),
  'sends script in every text with 200': always(answer(200, everywhere(SCRIPT))),
  'sends HTML': always(
    answer(200, `<!doctype html><title>${SCRIPT}</title>`, { 'Content-Type': 'text/html' }),
  ),
  'sends nothing with 204': always('HTTP/1.1 204 No Content\r\n\r\n'),
  'answers 429 without end': always(answer(429, '{}', { 'Retry-After': '0' })),
  'asks for patience of a year': always(answer(429, '{}', { 'Retry-After': '31536000' })),
  'answers 503 without end': always(answer(503, '{}', { 'Retry-After': '0' })),
};

/** What Authorize may hand out instead of a token. */
export const tokens: Readonly<Record<string, unknown>> = {
  'of 10 MB': 'a'.repeat(10 * 1024 * 1024),
  'of 100 KB': 'a'.repeat(100 * 1024),
  'with line breaks': 'abc\r\nX-Injected: yes\r\n\r\n',
  'with a NUL': 'abc\u0000def',
  'that is an object': { toString: 'x' },
  'that is a number': 1e21,
  'that is empty': '',
  'beyond ASCII': 'jeton-d\u2019accès',
};

/** What Initiate may hand out instead of an id. */
export const ids: Readonly<Record<string, unknown>> = {
  'that climbs': '../..',
  'that is a path': '/api/v1/authorize',
  'with line breaks': 'x\r\nHost: elsewhere',
  'with a question mark': 'a?b#c',
  'of 10 MB': 'a'.repeat(10 * 1024 * 1024),
  'that is an object': { id: 1 },
  'that is __proto__': '__proto__',
};

/** Hands out a value as if it were right. */
export const handsOut = (member: string, value: unknown, status: number): Manner =>
  always(answer(status, JSON.stringify({ expires_in: 299, referenceId: null, [member]: value })));

/** @param elsewhere another origin */
export const redirectsTo =
  (elsewhere: string, status: number): Manner =>
  (socket, { path }) =>
    void socket.end(answer(status, '', { Location: `${elsewhere}${path}` }));
