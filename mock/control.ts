/** The control API of the mock: by it a client's tests make sessions, expire tokens, and read what was called. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { empty, json, problemAnswer } from './answers.js';
import type { Answer } from './behaviour.js';
import { membersOf } from './json.js';
import { BodyTooLarge, type Request, readRequest } from './request.js';
import { listen } from './server.js';
import type { Mock, ServedCall, SessionStatus } from './service.js';

/** What is controlled. */
export interface Controlled {
  readonly mock: Mock;
  readonly calls: CallLog;
}

export interface Control {
  readonly url: string;
  close(): Promise<void>;
}

/** So many of the last calls are remembered. */
const MOST_CALLS = 10_000;

export class CallLog {
  #calls: ServedCall[] = [];

  add(call: ServedCall): void {
    this.#calls.push(call);
    if (this.#calls.length > MOST_CALLS) this.#calls = this.#calls.slice(-MOST_CALLS / 2);
  }

  all(): readonly ServedCall[] {
    return this.#calls;
  }

  clear(): void {
    this.#calls = [];
  }
}

/**
 * Listens on loopback.
 *
 * @param port 0: any free one
 * @throws UserError where the port cannot be had
 */
export async function startControl(controlled: Controlled, port: number): Promise<Control> {
  const server = await listen(port, '127.0.0.1', 0, (incoming, response) => {
    void answer(incoming, response, controlled);
  });
  return { url: server.origin, close: server.close };
}

async function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  controlled: Controlled,
): Promise<void> {
  const { status, headers, body } = await answerTo(readRequest(incoming), controlled).catch(refusal);
  response.writeHead(status, { ...headers, 'Content-Length': body.length }).end(body);
}

function refusal(error: unknown): Answer {
  return error instanceof BodyTooLarge
    ? problemAnswer(413, 'The body is over 64 KB', { Connection: 'close' })
    : problemAnswer(400, 'The request cannot be read');
}

type Handler = (request: Request, controlled: Controlled) => Answer | Promise<Answer>;

const handlers: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  '/sessions': { POST: makeSession },
  '/tokens/expire': { POST: expireToken },
  '/calls': {
    GET: (_, { calls }) => json(200, calls.all()),
    DELETE: (_, { calls }) => {
      calls.clear();
      return empty(204);
    },
  },
};

async function answerTo(request: Request, controlled: Controlled): Promise<Answer> {
  const methods = Object.hasOwn(handlers, request.path) ? handlers[request.path] : undefined;
  if (methods === undefined) return problemAnswer(404, `There are ${Object.keys(handlers).join(', ')}`);
  const handler = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
  const allow = Object.keys(methods).join(', ');
  if (handler === undefined) return problemAnswer(405, `The methods are ${allow}`, { Allow: allow });
  return handler(request, controlled);
}

const STATUSES: readonly unknown[] = ['Initiated', 'Failed', 'Cancelled', 'Expired', 'Completed'];

const isStatus = (value: unknown): value is SessionStatus => STATUSES.includes(value);

async function makeSession(request: Request, { mock }: Controlled): Promise<Answer> {
  const { status = 'Initiated' } = await bodyOf(request);
  if (!isStatus(status)) return problemAnswer(400, `status must be one of ${STATUSES.join(', ')}`);
  return json(201, { ...mock.seed(status), status });
}

async function expireToken(request: Request, { mock }: Controlled): Promise<Answer> {
  const { accessToken } = await bodyOf(request);
  if (typeof accessToken !== 'string') return problemAnswer(400, 'accessToken must be a text');
  return mock.expire(accessToken) ? empty(204) : problemAnswer(404, 'No such token was issued');
}

/** A page in a browser cannot send this media type to another origin without being asked first. */
async function bodyOf(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const [mediaType = ''] = request.header('content-type');
  if (!/^application\/json\s*(?:;|$)/i.test(mediaType)) throw new Error('Not JSON.');
  const value: unknown = JSON.parse((await request.body()).toString('utf8'));
  return membersOf(value);
}
