/** Quantiles of response times, from what their histogram holds. */

import type { ResponseTimes } from './verdict.js';

type Counted = Pick<ResponseTimes, 'count' | 'minMs' | 'maxMs' | 'histogram'>;

/**
 * As if the times of a bucket were spread evenly over it, and never beyond what was seen.
 *
 * @param share from 0 to 1; 0.5 is the median
 */
export function quantileOf({ count, minMs, maxMs, histogram }: Counted, share: number): number {
  const wanted = share * count;
  let before = 0;
  let lower = minMs;
  for (const bucket of histogram) {
    const upper = Math.min(maxMs, bucket.upToMs ?? maxMs);
    if (before + bucket.count >= wanted)
      return rounded(lower + (upper - lower) * ((wanted - before) / bucket.count));
    before += bucket.count;
    lower = upper;
  }
  return rounded(maxMs);
}

/** Microseconds are all that a clock tells. */
export function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
