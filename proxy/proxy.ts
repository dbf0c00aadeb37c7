/** The proxy: listens for a client, relays every request to the target, and records those for the four operations. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Call } from '../fixtures/call.js';
import { type Connection, DIRECT, splitUrl } from '../fixtures/target.js';
import { dispatcherTo } from '../fixtures/transports/pool.js';
import { refuseUnreadable } from '../mock/server.js';
import { systemCode, UserError } from '../spec/errors.js';
import { operationOf } from './operation.js';
import { CallRecord } from './record.js';
import { Relay } from './relay.js';

export interface ProxyOptions {
  /** Base URL of the target, without a trailing slash. */
  readonly target: string;
  /** Direct where left out. */
  readonly connection?: Connection;
  /** The path of Cancel Session in the contract. */
  readonly pathTemplate: string;
  /** 0, any free port, by default. */
  readonly port?: number;
  /** 127.0.0.1 by default. */
  readonly host?: string;
  /** The target is the mock, and marks what its scenario does. */
  readonly marked?: boolean;
}

/** A request that the proxy's HTTP parser refused. */
interface Unreadable {
  /** Node's code, as `HPE_INVALID_METHOD`. */
  readonly code: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What went through a proxy. */
export interface Traffic {
  /** For the four operations, in the order of their arrival; no more than {@link MOST_CALLS}. */
  readonly calls: readonly Call[];
  /** Requests for anything else, which are passed on and not judged. */
  readonly others: number;
  /** Calls beyond the first {@link MOST_CALLS}: passed on, and not judged. */
  readonly beyond: number;
  readonly unreadable: readonly Unreadable[];
}

export interface RunningProxy {
  /** The base URL for clients, with the target's path prefix. */
  readonly url: string;
  traffic(): Traffic;
  /** Ends all connections; calls under way end as they are. */
  close(): Promise<void>;
}

/** So many calls are recorded; a client's tests make far fewer. */
export const MOST_CALLS = 50_000;
const MOST_UNREADABLE = 1000;
/** Idle connections are the client's to end. */
const NO_LIMIT = 0;
/** What a target refuses is for the target to refuse: the proxy takes more than servers usually do. */
const MAX_HEADER_BYTES = 128 * 1024;
/** A timer that comes late tells how long the proxy was busy. */
const BEAT_MS = 20;

/** A connection that ends inside a request is one that hung up, and no malformed request. */
const HUNG_UP = ['ECONNRESET', 'EPIPE', 'HPE_INVALID_EOF_STATE'];

/** @throws UserError where the port cannot be had */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const passing = new Passing(options);
  const server = createServer(
    {
      keepAliveTimeout: NO_LIMIT,
      requestTimeout: NO_LIMIT,
      headersTimeout: NO_LIMIT,
      maxHeaderSize: MAX_HEADER_BYTES,
      // Told as what it is, and not refused in silence.
      requireHostHeader: false,
    },
    (incoming, response) => passing.pass(incoming, response),
  );
  server.on('checkExpectation', (incoming, response) => passing.pass(incoming, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => passing.refuse(error, socket));
  const { port = 0, host = '127.0.0.1' } = options;
  const origin = await listening(server, port, host);
  return {
    url: origin + splitUrl(options.target).basePath,
    traffic: () => passing.traffic(),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await passing.close();
    },
  };
}

async function listening(server: Server, port: number, host: string): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = systemCode(error);
    throw new UserError(
      `The proxy cannot listen on ${host}, port ${port} (${code}).`,
      'Choose another with --port and --host, or port 0 for any that is free.',
    );
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy listens on no port.');
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}

/** What a proxy holds while it passes requests on. */
class Passing {
  readonly #origin: string;
  readonly #basePath: string;
  readonly #dispatcher: Dispatcher;
  readonly #connections = new Map<Socket, number>();
  readonly #records: CallRecord[] = [];
  readonly #unreadable: Unreadable[] = [];
  #lastBeat = performance.now();
  readonly #heart = setInterval(() => {
    this.#lastBeat = performance.now();
  }, BEAT_MS).unref();
  #connectionCount = 0;
  #others = 0;
  #beyond = 0;

  constructor(readonly options: ProxyOptions) {
    const { origin, basePath } = splitUrl(options.target);
    this.#origin = origin;
    this.#basePath = basePath;
    // As many connections as the client has requests under way: the proxy holds nothing back.
    this.#dispatcher = dispatcherTo(origin, null, options.connection ?? DIRECT, MAX_HEADER_BYTES);
  }

  pass(incoming: IncomingMessage, response: ServerResponse): void {
    if (incoming.headers.host === undefined && incoming.httpVersion === '1.1') {
      this.#note('a request without Host');
      response.writeHead(400, { Connection: 'close' }).end();
      return;
    }
    const relay = new Relay(incoming, response, {
      dispatcher: this.#dispatcher,
      origin: this.#origin,
      headers: this.options.connection?.headers ?? [],
      marked: this.options.marked ?? false,
    });
    const { method = 'GET', url = '/' } = incoming;
    const named = operationOf(method, url, this.#basePath, this.options.pathTemplate);
    if (named === null) this.#others += 1;
    else if (this.#records.length >= MOST_CALLS) this.#beyond += 1;
    else {
      const record = new CallRecord(
        this.#records.length + 1,
        named,
        incoming,
        this.#connectionOf(incoming.socket),
        Math.max(0, performance.now() - this.#lastBeat - BEAT_MS),
      );
      this.#records.push(record);
      relay.record = record;
    }
    relay.begin();
  }

  refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
    const code = error.code ?? 'unknown';
    if (code.startsWith('HPE_') && !HUNG_UP.includes(code)) this.#note(code);
    if (HUNG_UP.includes(code)) socket.destroy();
    else refuseUnreadable(error, socket);
  }

  #note(code: string): void {
    if (this.#unreadable.length < MOST_UNREADABLE) this.#unreadable.push({ code, at: Date.now() });
  }

  traffic(): Traffic {
    return {
      calls: this.#records.map((record) => record.call()),
      others: this.#others,
      beyond: this.#beyond,
      unreadable: this.#unreadable,
    };
  }

  close(): Promise<void> {
    clearInterval(this.#heart);
    return this.#dispatcher.destroy();
  }

  #connectionOf(socket: Socket): number {
    const known = this.#connections.get(socket);
    if (known !== undefined) return known;
    this.#connectionCount += 1;
    this.#connections.set(socket, this.#connectionCount);
    socket.once('close', () => this.#connections.delete(socket));
    return this.#connectionCount;
  }
}
