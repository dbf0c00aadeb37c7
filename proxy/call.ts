/** A call: one request of a client through the proxy, and what became of it. */

import type { Exchange } from '../fixtures/exchange.js';

/**
 * How a call ended for the client: it received the whole answer, it hung up before that, or the line was cut from the
 * target's side.
 */
export type CallEnd = 'received' | 'hung-up' | 'cut';

export interface Call extends Exchange {
  /** The id's segment as it was sent; null where the path has none. */
  readonly id: string | null;
  /** Whether the path is the contract's, and not one that is nearly Cancel. */
  readonly exact: boolean;
  /** The client's connection, counted from 1. */
  readonly connection: number;
  /** Milliseconds of `performance.now()`: when the request's head had come. */
  readonly arrivedAt: number;
  /** Milliseconds by which it may have come earlier, since the proxy was busy. */
  readonly lateBy: number;
  /** Milliseconds of `performance.now()`: when the answer was passed on whole, or the line was lost. */
  readonly endedAt: number;
  readonly end: CallEnd;
  /** Requirements that the client breaks on purpose with it, as `x-conformance-deliberate` says. */
  readonly deliberate: ReadonlySet<string>;
  /** A scenario of the mock made this answer, or cut the line. */
  readonly bent: boolean;
}

/** A call that was answered, and whose client received the answer. */
export type Received = Call & { readonly response: NonNullable<Call['response']>; readonly end: 'received' };

export function isReceived(call: Call): call is Received {
  return call.end === 'received' && call.response !== null;
}

/** A token that Authorize issued through the proxy. */
export interface IssuedToken {
  readonly value: string;
  /** On the clock of the calls; infinite where Authorize did not say, or the client never learnt it. */
  readonly expiresAt: number;
}
