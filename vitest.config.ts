import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['dist/**', 'node_modules/**', 'tests/trust/**'],
    pool: 'forks',
    maxWorkers: 2,
    maxConcurrency: 3,
    // Generous, since many tests run the command, and machines are busy; none waits for it.
    testTimeout: 120_000,
  },
});
