import { defineConfig } from 'vitest/config';

/** Hostile targets, hostile pages and bad input wait for time-outs; `npm run test:hostile` tries them. */
export const hostile = [
  'tests/hostile-targets.test.ts',
  'tests/hostile-pages.test.ts',
  'tests/bad-input.test.ts',
];

/** What installs packages, or judges for long; `npm run test:slow` tries it. */
export const slow = [
  'tests/servers.test.ts',
  'tests/like.test.ts',
  'tests/token-habits.test.ts',
  'tests/without-details.test.ts',
  'tests/package.test.ts',
  'tests/recipes.test.ts',
  'tests/networks.test.ts',
];

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['dist/**', 'node_modules/**', 'tests/trust/**', ...hostile, ...slow],
    server: { deps: { external: [/\/dist\//] } },
    globalSetup: 'tests/temporary-folders.ts',
    pool: 'forks',
    // Modules are loaded once for all files that a worker runs; no test replaces any.
    isolate: false,
    maxWorkers: 2,
    maxConcurrency: 3,
    // Generous, since many tests run the command, and machines are busy; none waits for it.
    testTimeout: 120_000,
  },
});
