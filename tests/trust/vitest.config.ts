import { defineConfig } from 'vitest/config';

/** What takes too long for every change of a line, and is run by a command of its own. */
export default defineConfig({
  test: {
    include: ['tests/trust/*.test.ts'],
    globalSetup: 'tests/temporary-folders.ts',
    testTimeout: 120_000,
  },
});
