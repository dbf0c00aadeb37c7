import { defineConfig } from 'vitest/config';

/** Hostile targets, hostile pages and bad input wait for time-outs; `npm run test:hostile` tries them. */
export const slow = [
  'tests/hostile-targets.test.ts',
  'tests/hostile-pages.test.ts',
  'tests/bad-input.test.ts',
];

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['dist/**', 'node_modules/**', 'tests/trust/**', ...slow],
    server: { deps: { external: [/\/dist\//] } },
    pool: 'forks',
    // Modules are loaded once for all files that a worker runs; no test replaces any.
    isolate: false,
    maxWorkers: 2,
    maxConcurrency: 3,
    // Generous, since many tests run the command, and machines are busy; none waits for it.
    testTimeout: 120_000,
  },
});
