/** What holds where the user asks for nothing else. */

import { randomInt } from 'node:crypto';

/** For one exchange, in milliseconds. */
export const TIMEOUT_MS = 10_000;

/** Requests under way at once, at most. */
export const CONCURRENCY = 16;

/** Short enough to be read out. */
export const randomSeed = (): number => randomInt(1_000_000);
