/** What the mock reads of a request before any operation looks at it. */

import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

export interface Request {
  /** the connection that it came over */
  readonly socket: Socket;
  readonly method: string;
  /** as sent, without the query */
  readonly path: string;
  readonly query: URLSearchParams;
  /** every line of a header, in order; the name in lower case */
  header(name: string): readonly string[];
  /** of all names and values */
  headerLength(): number;
  readonly accept: string | undefined;
  readonly authorization: readonly string[];
  readonly clientId: string | undefined;
  /** whether a body was announced, of whatever length above 0 */
  readonly hasBody: boolean;
  /** @throws BodyTooLarge over 64 KB */
  body(): Promise<Buffer>;
}

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

const bodyLimit = 64 * 1024;

export function readRequest(incoming: IncomingMessage): Request {
  const { path, query } = splitTarget(incoming.url ?? '/');
  let reading: Promise<Buffer> | undefined;
  const header = (name: string): readonly string[] => incoming.headersDistinct[name] ?? [];
  return {
    socket: incoming.socket,
    method: incoming.method ?? 'GET',
    path,
    query,
    header,
    headerLength: () => incoming.rawHeaders.join('').length,
    accept: incoming.headers.accept,
    authorization: header('authorization'),
    clientId: header('x-client-id')[0],
    hasBody:
      incoming.headers['transfer-encoding'] !== undefined ||
      Number(incoming.headers['content-length'] ?? 0) > 0,
    body: () => {
      reading ??= readBody(incoming);
      return reading;
    },
  };
}

/** The path stays as it was sent: nothing is decoded or normalised. An absolute target loses its origin. */
function splitTarget(target: string): { readonly path: string; readonly query: URLSearchParams } {
  const relative = target.replace(/^https?:\/\/[^/?#]*/i, '');
  const mark = relative.indexOf('?');
  if (mark < 0) return { path: relative, query: new URLSearchParams() };
  return { path: relative.slice(0, mark), query: new URLSearchParams(relative.slice(mark + 1)) };
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > bodyLimit) throw new BodyTooLarge();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
