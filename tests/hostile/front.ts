/** A server in front of the mock that answers some requests in a manner of its own, and hands on the others. */

import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Credentials } from '../../fixtures/target.js';
import { type Mock, startMock } from '../../mock/service.js';

export type AskedOperation = 'authorize' | 'initiate' | 'details' | 'cancel';

/** What a connection was asked first. */
export interface Asked {
  readonly operation: AskedOperation | null;
  readonly path: string;
  /** The value of Authorization; empty where none was sent. */
  readonly authorization: string;
}

/** Answers one request on a socket, however badly. */
export type Manner = (socket: Socket, asked: Asked) => void;

export interface Front {
  readonly url: string;
  readonly credentials: { readonly main: Credentials; readonly other: Credentials };
  /** A session of the mock behind it. */
  readonly seed: Mock['seed'];
  /** Every Authorization value that came. */
  readonly authorizations: ReadonlySet<string>;
  close(): Promise<void>;
}

const LONGEST_HEAD = 1024 * 1024;

/**
 * @param manner how what is chosen is answered
 * @param chosen which requests; the mock answers the others
 */
export async function startFront(manner: Manner, chosen: (asked: Asked) => boolean): Promise<Front> {
  const mock = await startMock();
  const sockets = new Set<Socket>();
  const authorizations = new Set<string>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((socket) => {
    keep(socket).on('error', () => socket.destroy());
    readRequest(socket, (asked, bytes) => {
      authorizations.add(asked.authorization);
      if (chosen(asked)) manner(socket, asked);
      else handOn(socket, bytes, keep(connect(Number(new URL(mock.url).port), '127.0.0.1')));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: originOf(server),
    credentials: mock.clients,
    seed: (status) => mock.seed(status),
    authorizations,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
      await mock.close();
    },
  };
}

export function originOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
  return `http://127.0.0.1:${address.port}`;
}

/** Reads the first request of a connection, head and body. */
function readRequest(socket: Socket, answer: (asked: Asked, bytes: Buffer) => void): void {
  let read = Buffer.alloc(0);
  const take = (chunk: Buffer) => {
    read = Buffer.concat([read, chunk]);
    const head = read.indexOf('\r\n\r\n');
    if (head < 0 && read.length < LONGEST_HEAD) return;
    const text = read.subarray(0, head).toString('latin1');
    const [, length = '0'] = /^content-length: *(\d+)/im.exec(text) ?? [];
    if (read.length < head + 4 + Number(length)) return;
    socket.off('data', take);
    socket.resume();
    answer(askedBy(text), read);
  };
  socket.on('data', take);
}

function askedBy(head: string): Asked {
  const [, path = ''] = /^\S+ (\S*)/.exec(head) ?? [];
  const [, authorization = ''] = /^authorization: *(.*?)\r?$/im.exec(head) ?? [];
  return { operation: operationOf(path), path, authorization };
}

function operationOf(path: string): AskedOperation | null {
  if (path === '/api/v1/authorize') return 'authorize';
  if (path === '/api/v2/sessions') return 'initiate';
  if (path.endsWith('/details')) return 'details';
  return /\/cancel(\?|$)/.test(path) ? 'cancel' : null;
}

/** One request a connection: the mock closes it behind its answer, and so does the front. */
function handOn(socket: Socket, bytes: Buffer, further: Socket): void {
  const end = bytes.indexOf('\r\n');
  const rest = bytes
    .subarray(end)
    .toString('latin1')
    .replace(/^connection: .*\r\n/im, '');
  further.on('error', () => socket.destroy());
  further.write(bytes.subarray(0, end));
  further.write(Buffer.from(`\r\nConnection: close${rest}`, 'latin1'));
  further.pipe(socket);
}
