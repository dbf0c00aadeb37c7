import { defineConfig } from 'vitest/config';
import { slow } from '../../vitest.config.js';

/** What waits for many time-outs, and is run by a command of its own. */
export default defineConfig({
  test: { include: slow, pool: 'forks', maxWorkers: 2, maxConcurrency: 3, testTimeout: 120_000 },
});
