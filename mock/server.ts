/** The HTTP server under the mock: how it listens, what it does with bytes that are no request, how it ends. */

import { once } from 'node:events';
import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { UserError } from '../spec/errors.js';
import { problem } from './problems.js';

export interface Listening {
  readonly origin: string;
  /** ends all connections, answered or not */
  readonly close: () => Promise<void>;
}

const idleConnectionMs = 60_000;

/**
 * @param port 0: any free one
 * @param requestsPerConnection after how many a connection is closed; 0: never
 * @throws UserError where the port cannot be had
 */
export async function listen(
  port: number,
  host: string,
  requestsPerConnection: number,
  listener: RequestListener,
): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: idleConnectionMs }, listener);
  server.maxRequestsPerSocket = requestsPerConnection;
  server.on('checkExpectation', listener);
  server.on('clientError', refuseUnreadable);
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new UserError(
      `The mock cannot listen on ${host}, port ${port}: ${error instanceof Error ? error.message : error}.`,
      'Choose another port, or none to get a free one.',
    );
  }
  const name = host.includes(':') ? `[${host}]` : host;
  return { origin: `http://${name}:${portOf(server)}`, close: () => close(server) };
}

/** What is no HTTP, or has too large a header, never becomes a request: it is refused on the bare socket. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
  const body = JSON.stringify(problem(status, 'The request cannot be read'));
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The mock listens on no port.');
  return address.port;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
