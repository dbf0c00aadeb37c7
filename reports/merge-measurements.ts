/** Merges what several parts of a run measured. */

import { grouped } from './grouped.js';
import { quantileOf } from './quantile.js';
import type { Measurements, ResponseTimes } from './verdict.js';

/** What a part measured, and when it began. */
export interface MeasuredPart {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly measurements: Measurements;
}

const MOST_BINS = 120;

export function mergeMeasurements(parts: readonly MeasuredPart[]): Measurements {
  const times = grouped(
    parts.flatMap(({ measurements }) => measurements.responseTimes),
    ({ operation, status }) => `${operation} ${status}`,
  );
  return { responseTimes: [...times.values()].map(mergeTimes).sort(inOrder), course: mergeCourses(parts) };
}

function inOrder(a: ResponseTimes, b: ResponseTimes): number {
  return a.operation.localeCompare(b.operation) || (a.status ?? 0) - (b.status ?? 0);
}

function mergeTimes(all: readonly ResponseTimes[]): ResponseTimes {
  const [first] = all;
  if (first === undefined) throw new Error('A group has a member.');
  const counts = new Map<number | null, number>();
  for (const { upToMs, count } of all.flatMap(({ histogram }) => histogram))
    counts.set(upToMs, (counts.get(upToMs) ?? 0) + count);
  const merged = {
    count: all.reduce((sum, { count }) => sum + count, 0),
    minMs: Math.min(...all.map(({ minMs }) => minMs)),
    maxMs: Math.max(...all.map(({ maxMs }) => maxMs)),
    histogram: [...counts]
      .map(([upToMs, count]) => ({ upToMs, count }))
      .sort((a, b) => (a.upToMs ?? Infinity) - (b.upToMs ?? Infinity)),
  };
  return {
    operation: first.operation,
    status: first.status,
    ...merged,
    medianMs: quantileOf(merged, 0.5),
    p95Ms: quantileOf(merged, 0.95),
  };
}

/** Parts that ran at other times, or one behind the other, stand where they stood. */
function mergeCourses(parts: readonly MeasuredPart[]): Measurements['course'] {
  const first = Math.min(...parts.map(({ startedAt }) => startedAt));
  const ends = parts.map(
    ({ startedAt, measurements: { course } }) => startedAt - first + course.binMs * course.bins.length,
  );
  const longest = Math.max(1, ...ends);
  let binMs = Math.max(...parts.map(({ measurements }) => measurements.course.binMs));
  while (binMs * MOST_BINS < longest) binMs *= 2;
  const bins = Array.from({ length: Math.ceil(longest / binMs) }, () => ({
    exchanges: 0,
    throttled: 0,
    unanswered: 0,
  }));
  for (const { startedAt, measurements } of parts) {
    for (const [i, part] of measurements.course.bins.entries()) {
      const bin = bins[Math.floor((startedAt - first + i * measurements.course.binMs) / binMs)];
      if (bin === undefined) continue;
      bin.exchanges += part.exchanges;
      bin.throttled += part.throttled;
      bin.unanswered += part.unanswered;
    }
  }
  return { binMs, bins };
}
