/** Measures a run as its exchanges come: response times and the course of the run, in bounded memory. */

import type { Exchange, Operation } from '../fixtures/exchange.js';
import { quantileOf, rounded } from '../reports/quantile.js';
import type { Measurements, ResponseTimes } from '../reports/verdict.js';

const BUCKETS_A_DECADE = 10;
const FIRST_BOUND_MS = 0.1;
/** Six decades: the last bound is 100 seconds. */
const BOUNDS = Array.from({ length: 6 * BUCKETS_A_DECADE + 1 }, (_, i) =>
  Number((FIRST_BOUND_MS * 10 ** (i / BUCKETS_A_DECADE)).toPrecision(4)),
);

const FIRST_BIN_MS = 50;
/** With more, two become one. */
const MOST_BINS = 120;

interface Bin {
  exchanges: number;
  throttled: number;
  unanswered: number;
}

/** Response times of one operation and status. */
class Times {
  #count = 0;
  #minMs = Infinity;
  #maxMs = 0;
  /** One more than bounds: the last is for what is slower than all of them. */
  readonly #buckets = new Array<number>(BOUNDS.length + 1).fill(0);

  constructor(
    readonly operation: Operation,
    readonly status: number | null,
  ) {}

  add(durationMs: number): void {
    const found = BOUNDS.findIndex((bound) => durationMs <= bound);
    const at = found < 0 ? BOUNDS.length : found;
    this.#buckets[at] = (this.#buckets[at] ?? 0) + 1;
    this.#count += 1;
    this.#minMs = Math.min(this.#minMs, durationMs);
    this.#maxMs = Math.max(this.#maxMs, durationMs);
  }

  told(): ResponseTimes {
    const histogram = this.#buckets
      .map((count, i) => ({ upToMs: BOUNDS[i] ?? null, count }))
      .filter(({ count }) => count > 0);
    const counted = {
      count: this.#count,
      minMs: rounded(this.#minMs),
      maxMs: rounded(this.#maxMs),
      histogram,
    };
    return {
      operation: this.operation,
      status: this.status,
      count: counted.count,
      minMs: counted.minMs,
      medianMs: quantileOf(counted, 0.5),
      p95Ms: quantileOf(counted, 0.95),
      maxMs: counted.maxMs,
      histogram,
    };
  }
}

export class Measuring {
  readonly #times = new Map<string, Times>();
  #binMs = FIRST_BIN_MS;
  #bins: Bin[] = [];

  /** @param startedAt milliseconds since the epoch */
  constructor(readonly startedAt: number) {}

  note({
    operation,
    response,
    startedAt,
    durationMs,
  }: Pick<Exchange, 'operation' | 'response' | 'startedAt' | 'durationMs'>): void {
    const status = response?.status ?? null;
    const key = `${operation} ${status}`;
    const times = this.#times.get(key) ?? new Times(operation, status);
    this.#times.set(key, times);
    times.add(durationMs);
    const bin = this.#binAt(Math.max(0, startedAt - this.startedAt));
    bin.exchanges += 1;
    if (status === 429) bin.throttled += 1;
    if (status === null) bin.unanswered += 1;
  }

  told(): Measurements {
    return {
      responseTimes: [...this.#times.values()]
        .map((times) => times.told())
        .sort((a, b) => a.operation.localeCompare(b.operation) || (a.status ?? 0) - (b.status ?? 0)),
      course: { binMs: this.#binMs, bins: this.#bins },
    };
  }

  #binAt(elapsedMs: number): Bin {
    while (elapsedMs >= this.#binMs * MOST_BINS) this.#widen();
    const at = Math.floor(elapsedMs / this.#binMs);
    while (this.#bins.length <= at) this.#bins.push({ exchanges: 0, throttled: 0, unanswered: 0 });
    const bin = this.#bins[at];
    if (bin === undefined) throw new Error('A time has no bin.');
    return bin;
  }

  #widen(): void {
    this.#binMs *= 2;
    this.#bins = this.#bins.flatMap((bin, i, all) => (i % 2 === 0 ? [sum(bin, all[i + 1])] : []));
  }
}

function sum(a: Bin, b: Bin | undefined): Bin {
  if (b === undefined) return a;
  return {
    exchanges: a.exchanges + b.exchanges,
    throttled: a.throttled + b.throttled,
    unanswered: a.unanswered + b.unanswered,
  };
}
