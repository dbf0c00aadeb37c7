/** The proxy passes on what it gets, as it comes, and withstands clients and targets that do not behave. */

import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, connect, createServer as createPlainServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { judgedOf } from '../tests/proxied.js';
import { type RunningProxy, startProxy } from './proxy.js';

const pathTemplate = '/api/v2/sessions/{sessionId}/cancel';
const CANCEL = '/api/v2/sessions/70e694b4-b689-4e5f-a91e-913a549cb967/cancel';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A target of bare bytes. */
async function answering(onRequest: (socket: Socket) => void): Promise<string> {
  const server = createPlainServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => onRequest(socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function before(target: string): Promise<RunningProxy> {
  const proxy = await startProxy({ target, pathTemplate });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await proxy.close();
    isOpen = false;
  };
  closing.push(close);
  return { ...proxy, close };
}

/** @returns all that comes back on a connection of its own */
async function exchange(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  return text(socket);
}

const rawHeadersOf = ({ rawHeaders }: IncomingMessage) =>
  rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}`] : []));

describe('what is passed on', () => {
  it('is the request as it came: method, path, query, headers in their order and letter case, body', async () => {
    let seen: unknown;
    const target = await listening(async (incoming, response) => {
      const { method, url } = incoming;
      seen = { method, url, headers: rawHeadersOf(incoming), body: await text(incoming) };
      response.end();
    });
    const { host } = new URL(target);
    const proxy = await before(`${target}/partner`);
    await exchange(
      proxy.url,
      'PATCH /partner/a//b/../%2e?x=%20&y HTTP/1.1\r\nHost: localhost\r\nX-One: 1\r\naccept: a/b\r\nx-one:  2\r\n' +
        'x-conformance-deliberate: client.accept\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody',
    );
    expect(seen).toEqual({
      method: 'PATCH',
      url: '/partner/a//b/../%2e?x=%20&y',
      headers: [
        `host: ${host}`,
        'connection: keep-alive',
        'X-One: 1',
        'accept: a/b',
        'x-one: 2',
        'content-length: 4',
      ],
      body: 'body',
    });
  });

  it('is the answer as it came: status, reason, headers in their order and letter case, coded body', async () => {
    const body = gzipSync('x'.repeat(1000));
    const target = await listening((_, response) => {
      response.sendDate = false;
      response.writeHead(418, 'Short And Stout', [
        'X-B',
        '1',
        'x-a',
        '2',
        'X-B',
        '3',
        'content-encoding',
        'gzip',
      ]);
      response.end(body);
    });
    const proxy = await before(target);
    const answer = await new Promise<IncomingMessage>((resolve) => {
      httpRequest(`${proxy.url}/any`, { agent: false }, resolve).end();
    });
    const { statusCode, statusMessage } = answer;
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part);
    expect({
      statusCode,
      statusMessage,
      headers: rawHeadersOf(answer).slice(0, 4),
      body: Buffer.concat(parts),
    }).toEqual({
      statusCode: 418,
      statusMessage: 'Short And Stout',
      headers: ['X-B: 1', 'x-a: 2', 'X-B: 3', 'content-encoding: gzip'],
      body,
    });
  });

  it('comes through in parts as they are sent, both ways', async () => {
    const target = await listening(async (incoming, response) => {
      for await (const part of incoming) response.write(`${part}!`);
      response.end('end');
    });
    const proxy = await before(target);
    const sending = httpRequest(`${proxy.url}/any`, { method: 'POST' });
    const answered = once(sending, 'response');
    sending.write('one');
    const [answer] = await answered;
    const first = await once(answer, 'data');
    sending.write('two');
    const second = await once(answer, 'data');
    sending.end();
    expect([first, second].map(String)).toEqual(['one!', 'two!']);
    expect(await text(answer)).toBe('end');
  });

  it('is several requests on one connection that are sent before the first is answered, in their order', async () => {
    const target = await listening(async ({ url }, response) => {
      await pause(url === '/1' ? 60 : 0);
      response.end(`answer ${url}`);
    });
    const proxy = await before(target);
    const line = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: h\r\n${more}\r\n`;
    const answers = await exchange(proxy.url, line('/1') + line('/2') + line('/3', 'Connection: close\r\n'));
    expect(answers.match(/answer \/\d/g)).toEqual(['answer /1', 'answer /2', 'answer /3']);
  });

  it('is a body in chunks, and one behind Expect: 100-continue', async () => {
    const target = await listening(async (incoming, response) => response.end(`got ${await text(incoming)}`));
    const proxy = await before(target);
    const chunked =
      'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n';
    expect(await exchange(proxy.url, chunked)).toContain('got abcde');
    const expecting =
      'POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab';
    expect(await exchange(proxy.url, expecting)).toMatch(/^HTTP\/1\.1 100 [\s\S]*got ab/);
  });

  it('is 200 connections at once', async () => {
    let most = 0;
    let underWay = 0;
    const target = await listening(async (_, response) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await pause(100);
      underWay -= 1;
      response.end('ok');
    });
    const proxy = await before(target);
    const request = `POST ${CANCEL} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`;
    const answers = await Promise.all(Array.from({ length: 200 }, () => exchange(proxy.url, request)));
    expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 200'))).toHaveLength(200);
    expect(most).toBeGreaterThan(16);
    await proxy.close();
    expect(proxy.traffic().calls).toHaveLength(200);
  });
});

describe('a client that does not behave', () => {
  it('may hang up half-way, and the target is told', async () => {
    let tell = () => {};
    const gone = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const target = await listening((incoming) => void incoming.once('close', () => tell()));
    const proxy = await before(target);
    const { hostname, port } = new URL(proxy.url);
    const socket = connect(Number(port), hostname);
    socket.write(`POST ${CANCEL} HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf`);
    await pause(50);
    socket.destroy();
    await gone;
    await proxy.close();
    const { calls, unreadable } = proxy.traffic();
    expect(calls.map(({ end, failure }) => [end, failure?.kind])).toEqual([['hung-up', 'time-out']]);
    expect(unreadable).toEqual([]);
  });

  it('may send what is no HTTP, which is told and refused', async () => {
    const proxy = await before(await listening((_, response) => response.end()));
    for (const request of ['GET / HTTP/1.1\r\nHost h\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n'])
      expect(await exchange(proxy.url, request)).toMatch(/^HTTP\/1\.1 400 /);
    await proxy.close();
    expect(proxy.traffic().unreadable.map(({ code }) => code)).toEqual([
      'HPE_INVALID_HEADER_TOKEN',
      'a request without Host',
    ]);
  });

  it('may ask for what cannot be passed on', async () => {
    const proxy = await before(await listening((_, response) => response.end()));
    expect(await exchange(proxy.url, 'OPTIONS * HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 501 /,
    );
  });
});

/** What the bytes of a target make of a cancel: what the client sees, what is recorded, what is broken. */
async function answeredWith(onRequest: (socket: Socket) => void, times = 1) {
  const proxy = await before(await answering(onRequest));
  const request = `POST ${CANCEL} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`;
  let seen = '';
  for (let i = 0; i < times; i += 1) seen = await exchange(proxy.url, request).catch(() => 'reset');
  await proxy.close();
  const passed = proxy.traffic();
  const { broken } = judgedOf({ passed, failure: null });
  const ofTarget = broken.filter((id) => !id.startsWith('client.'));
  return { seen, kinds: passed.calls.map(({ failure }) => failure?.kind ?? null), ofTarget };
}

describe('a target that does not behave', () => {
  it('may reset the connection, which is nobody’s finding', async () => {
    const { seen, kinds, ofTarget } = await answeredWith((socket) => socket.resetAndDestroy());
    expect([seen, kinds, ofTarget]).toEqual(['', ['reset'], []]);
  });

  it('may send what is no HTTP', async () => {
    const { seen, kinds, ofTarget } = await answeredWith((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    expect([seen, kinds, ofTarget]).toEqual(['', ['malformed'], ['answer.received']]);
  });

  it('may cut its answers off, which is a finding when it does so again', async () => {
    const half = (socket: Socket) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"half":');
    expect((await answeredWith(half)).ofTarget).toEqual([]);
    const { seen, kinds, ofTarget } = await answeredWith(half, 2);
    expect(seen).toContain('{"half":');
    expect([kinds, ofTarget]).toEqual([['cut-off', 'cut-off'], ['answer.received']]);
  });

  it('may send more than ordinary clients receive, which is passed on', async () => {
    const large = 'x'.repeat(20_000);
    const { seen, kinds, ofTarget } = await answeredWith((socket) =>
      socket.end(`HTTP/1.1 200 OK\r\nX-Large: ${large}\r\nContent-Length: 2\r\n\r\n{}`),
    );
    expect(seen).toContain(large);
    expect([kinds, ofTarget]).toEqual([['too-large'], ['answer.received']]);
  });

  it('may flood, as fast as the client reads', async () => {
    const part = Buffer.alloc(64 * 1024, 'x');
    const target = await listening((_, response) => {
      for (let i = 0; i < 160; i += 1) response.write(part);
      response.end();
    });
    const proxy = await before(target);
    const answer = await fetch(`${proxy.url}${CANCEL}`, { method: 'POST' });
    expect((await answer.arrayBuffer()).byteLength).toBe(160 * part.length);
    await proxy.close();
    expect(proxy.traffic().calls.map(({ failure }) => failure?.kind)).toEqual(['too-large']);
  });

  it('may decode to far more than it sends', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    const target = await listening((_, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' });
      response.end(bomb);
    });
    const proxy = await before(target);
    await exchange(proxy.url, `POST ${CANCEL} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`);
    await proxy.close();
    expect(proxy.traffic().calls.map(({ failure }) => failure?.kind)).toEqual(['too-large']);
  });

  it('may send interim answers and trailers', async () => {
    const { seen } = await answeredWith((socket) =>
      socket.end(
        'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n' +
          'Trailer: X-Sum\r\n\r\n2\r\n{}\r\n0\r\nX-Sum: 1\r\n\r\n',
      ),
    );
    expect(seen).toMatch(
      /^HTTP\/1\.1 103 Early Hints\r\nLink: <\/a>; rel=preload[\s\S]*HTTP\/1\.1 200 OK[\s\S]*X-Sum: 1/i,
    );
  });

  it('may not be there', async () => {
    const proxy = await before('http://127.0.0.1:9');
    const answer = exchange(proxy.url, `POST ${CANCEL} HTTP/1.1\r\nHost: h\r\n\r\n`).catch(() => '');
    expect(await answer).toBe('');
    await proxy.close();
    expect(proxy.traffic().calls.map(({ end, failure }) => [end, failure?.kind])).toEqual([
      ['cut', 'refused'],
    ]);
  });
});
