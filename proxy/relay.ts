/** Relays one request to the target and its answer back, as they come, with undici underneath. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Header } from '../fixtures/exchange.js';
import { pairs } from '../fixtures/transports/transport.js';
import { SCENARIO_HEADER } from '../mock/scenario.js';
import { type CallRecord, DELIBERATE_HEADER } from './record.js';

/** What a relay takes of its proxy. */
export interface Upstream {
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  /** What a gateway before the target asks for. */
  readonly headers: readonly Header[];
  /** The target marks what a scenario does; a cut line is one of those things. */
  readonly marked: boolean;
}

/** They speak of one connection, and a proxy has two (RFC 9110 section 7.6.1). */
const OF_THE_CONNECTION = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
];
/** Besides these, a request loses what is the proxy's own, and what the proxy has answered itself (100 Continue). */
const NOT_PASSED_ON = new Set([...OF_THE_CONNECTION, 'host', 'expect', DELIBERATE_HEADER]);
const NOT_PASSED_BACK = new Set(OF_THE_CONNECTION);

/** Bytes that are cheaper copied than sent by themselves. */
const SMALL_PART = 16 * 1024;

/** RFC 9110 section 15.6.2: what undici refuses to send. */
const NOT_IMPLEMENTED = 501;

export class Relay implements Dispatcher.DispatchHandler {
  /** Null for a request that is passed on alone. */
  record: CallRecord | null = null;
  #controller: Dispatcher.DispatchController | null = null;
  #clientGone = false;
  #begun = false;

  constructor(
    readonly incoming: IncomingMessage,
    readonly response: ServerResponse,
    readonly upstream: Upstream,
  ) {}

  begin(): void {
    const { incoming, response, upstream } = this;
    response.once('close', () => this.#clientIsDone());
    upstream.dispatcher.dispatch(
      {
        origin: upstream.origin,
        path: incoming.url ?? '/',
        method: incoming.method ?? 'GET',
        headers: this.#requestHeaders(),
        body: hasBody(incoming) ? this.#body() : null,
      },
      this,
    );
  }

  #requestHeaders(): string[] {
    const { rawHeaders } = this.incoming;
    const named = connectionOptions(this.incoming.headers.connection);
    const passed: string[] = [];
    for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
      const [name = '', value = ''] = [rawHeaders[i], rawHeaders[i + 1]];
      const lower = name.toLowerCase();
      if (!NOT_PASSED_ON.has(lower) && !named.includes(lower)) passed.push(name, value);
    }
    for (const [name, value] of this.upstream.headers) passed.push(name, value);
    return passed;
  }

  /** The body as it comes. A target may answer before all of it has, and then the rest is let go. */
  #body(): Transform {
    const { incoming, record } = this;
    const passing = new Transform({
      transform(part: Buffer, _encoding, done) {
        record?.requestBody.add(part);
        done(null, part);
      },
    });
    incoming.pipe(passing);
    incoming.once('close', () => {
      if (!incoming.complete) passing.destroy(new Error('The client hung up.'));
    });
    passing.once('close', () => {
      incoming.unpipe(passing);
      incoming.resume();
    });
    // `onResponseError` is told as well.
    passing.on('error', () => {});
    return passing;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#clientGone) controller.abort(new Error('The client hung up.'));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    statusMessage?: string,
  ): void {
    const headers = rawHeaders(controller);
    if (status < 200) {
      this.#interim(status, headers);
      return;
    }
    const { response } = this;
    const bent = this.upstream.marked && headers.some(([name]) => name.toLowerCase() === SCENARIO_HEADER);
    const own = bent ? headers.filter(([name]) => name.toLowerCase() !== SCENARIO_HEADER) : headers;
    this.record?.answerBegins(status, own, bent);
    response.sendDate = false;
    const passed = own.filter(([name]) => !NOT_PASSED_BACK.has(name.toLowerCase()));
    response.writeHead(status, statusMessage, passed.flat());
  }

  /** Of interim answers Node.js can pass on these two. */
  #interim(status: number, headers: readonly Header[]): void {
    if (status === 102) this.response.writeProcessing();
    if (status === 103)
      this.response.writeEarlyHints(
        Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      );
  }

  onResponseData(controller: Dispatcher.DispatchController, part: Buffer): void {
    this.record?.answerContinues(part);
    if (this.#pass(part)) return;
    controller.pause();
    this.response.once('drain', () => controller.resume());
  }

  /** Node.js sends the header and a text in one write, and the header and bytes in two; Latin-1 is bytes as text. */
  #pass(part: Buffer): boolean {
    const { response } = this;
    if (this.#begun || part.length > SMALL_PART) return response.write(part);
    this.#begun = true;
    return response.write(part.toString('latin1'), 'latin1');
  }

  onResponseEnd(controller: Dispatcher.DispatchController): void {
    const trailers = pairsOf(controller.rawTrailers);
    if (trailers.length > 0)
      this.response.addTrailers(trailers.map(([name, value]): [string, string] => [name, value]));
    this.record?.answerEnds();
    this.response.end();
  }

  /** The client sees what it would have seen of the target: a connection that ends before the answer does. */
  onResponseError(_controller: unknown, error: Error): void {
    if (this.#clientGone) return;
    if (!this.response.headersSent && 'code' in error && isRefusalToSend(error.code)) {
      this.response.writeHead(NOT_IMPLEMENTED, { 'Content-Type': 'text/plain' });
      this.response.end('cancel-conformance cannot pass this request on.\n');
      return;
    }
    this.record?.failed(error, this.upstream.marked);
    this.incoming.socket.destroy();
  }

  #clientIsDone(): void {
    const whole = this.response.writableFinished;
    this.record?.ended(whole);
    if (whole) return;
    this.#clientGone = true;
    this.#controller?.abort(new Error('The client hung up.'));
  }
}

/** RFC 9112 section 6.3: a body is announced by one of two headers. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Headers that the sender says are of the connection alone. */
function connectionOptions(connection: string | undefined): readonly string[] {
  return connection === undefined || connection === 'keep-alive'
    ? []
    : connection.split(',').map((option) => option.trim().toLowerCase());
}

function isRefusalToSend(code: unknown): boolean {
  return code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED';
}

function rawHeaders(controller: Dispatcher.DispatchController): Header[] {
  return pairsOf(controller.rawHeaders);
}

/** undici hands a flat list of names and values, as bytes. */
function pairsOf(raw: Dispatcher.DispatchController['rawHeaders']): Header[] {
  if (!Array.isArray(raw)) return [];
  return pairs(raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1'))));
}
