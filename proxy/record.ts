/** The record of one call, written while it passes through the proxy and read when it is judged. */

import type { IncomingMessage } from 'node:http';
import type { Call, CallEnd } from '../fixtures/call.js';
import type { Failure, Header } from '../fixtures/exchange.js';
import { decoded } from '../fixtures/transports/decode.js';
import {
  failureOf,
  MAX_BODY_BYTES,
  MAX_HEADER_BYTES,
  pairs,
  TooLarge,
} from '../fixtures/transports/transport.js';
import type { Named } from './operation.js';

/** Taken off before a request is passed on; names what the client breaks on purpose with it. */
export const DELIBERATE_HEADER = 'x-conformance-deliberate';

/** Of a request's body, far more than Initiate and Authorize need. */
const LONGEST_REQUEST_BODY = 64 * 1024;

/**
 * The parts of a body up to a bound, copied: undici's parts are views of far larger buffers. As text they take less of the
 * collector's time than as many small buffers.
 */
class Body {
  #text = '';
  size = 0;

  constructor(readonly bound: number) {}

  add(part: Buffer): void {
    if (this.size <= this.bound) this.#text += part.toString('latin1');
    this.size += part.length;
  }

  bytes(): Buffer {
    return Buffer.from(this.#text, 'latin1').subarray(0, this.bound);
  }
}

export class CallRecord {
  readonly arrivedAt = performance.now();
  readonly startedAt = Date.now();
  #requestBody: Body | null = null;
  #answerBody: Body | null = null;
  readonly #method: string;
  readonly #path: string;
  readonly #headers: readonly string[];
  #status: number | null = null;
  #answerHeaders: readonly string[] = [];
  #bent = false;
  #answeredAt: number | null = null;
  #error: unknown = null;
  #end: { readonly kind: CallEnd; readonly at: number } | null = null;

  constructor(
    readonly number: number,
    readonly named: Named,
    incoming: IncomingMessage,
    readonly connection: number,
    readonly lateBy: number,
  ) {
    this.#method = incoming.method ?? 'GET';
    this.#path = incoming.url ?? '/';
    this.#headers = incoming.rawHeaders;
  }

  requestContinues(part: Buffer): void {
    this.#requestBody ??= new Body(LONGEST_REQUEST_BODY);
    this.#requestBody.add(part);
  }

  /** @param headers names and values in turn */
  answerBegins(status: number, headers: readonly string[], bent: boolean): void {
    this.#status = status;
    this.#answerHeaders = headers;
    this.#bent ||= bent;
  }

  answerContinues(part: Buffer): void {
    this.#answerBody ??= new Body(MAX_BODY_BYTES);
    this.#answerBody.add(part);
  }

  /** All of the answer has been handed to the client's connection. */
  answerEnds(): void {
    this.#answeredAt = performance.now();
  }

  /** No whole answer came from the target. */
  failed(error: unknown, bent: boolean): void {
    this.#error = error;
    this.#bent ||= bent;
    this.#end ??= { kind: 'cut', at: performance.now() };
  }

  /** @param whole whether all of the answer left for the client */
  ended(whole: boolean): void {
    const at = whole ? (this.#answeredAt ?? performance.now()) : performance.now();
    this.#end ??= { kind: whole ? 'received' : 'hung-up', at };
  }

  call(): Call {
    const { kind, at } = this.#end ?? { kind: 'hung-up', at: performance.now() };
    const headers = pairs(this.#headers);
    const { response, failure } = this.#outcome(kind);
    return {
      number: this.number,
      operation: this.named.operation,
      request: {
        method: this.#method,
        path: this.#path,
        headers: headers.filter(([name]) => name.toLowerCase() !== DELIBERATE_HEADER),
        body: this.#requestBody?.bytes().toString('utf8') ?? null,
      },
      response,
      failure,
      startedAt: this.startedAt,
      durationMs: at - this.arrivedAt,
      circumstances: {},
      curlAuthorization: curlAuthorization(this.named, headers),
      meant: this.named.id,
      session: null,
      sentId: this.named.id,
      exact: this.named.exact,
      connection: this.connection,
      arrivedAt: this.arrivedAt,
      lateBy: this.lateBy,
      endedAt: at,
      end: kind,
      deliberate: deliberate(headers),
      bent: this.#bent,
    };
  }

  #outcome(kind: CallEnd): Pick<Call, 'response' | 'failure'> {
    if (kind === 'hung-up') return { response: null, failure: HUNG_UP };
    const status = this.#status;
    // An idle connection may have been closed under the request, so that a reset is never the target's fault alone.
    const failed = (error: unknown) => ({
      response: null,
      failure: failureOf(error, false, status !== null),
    });
    if (status === null || kind === 'cut') return failed(this.#error);
    const head = this.#answerHeaders.reduce((size, text) => size + text.length + 2, 0);
    if (head > MAX_HEADER_BYTES || (this.#answerBody?.size ?? 0) > MAX_BODY_BYTES)
      return failed(new TooLarge('answer'));
    try {
      const body = this.#answerBody?.bytes() ?? Buffer.alloc(0);
      return { response: decoded(status, pairs(this.#answerHeaders), body), failure: null };
    } catch (error) {
      return failed(error);
    }
  }
}

const HUNG_UP: Failure = {
  kind: 'time-out',
  message: 'the client hung up before the whole answer had come',
  freshConnection: false,
};

function deliberate(headers: readonly Header[]): ReadonlySet<string> {
  const values = headers
    .filter(([name]) => name.toLowerCase() === DELIBERATE_HEADER)
    .map(([, value]) => value);
  return new Set(values.flatMap((value) => value.split(',').map((id) => id.trim())));
}

/** For the `curl` lines of findings: what the client sent, with a valid token in place of its own. */
function curlAuthorization({ operation }: Named, headers: readonly Header[]): string {
  if (!headers.some(([name]) => name.toLowerCase() === 'authorization')) return '';
  if (operation === 'authorize') return '-u "$CONFORMANCE_USERNAME:$CONFORMANCE_PASSWORD"';
  return '-H "Authorization: Bearer $TOKEN"';
}
