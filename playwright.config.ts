/** The suites as Playwright Test runs them, against CONFORMANCE_TARGET or the embedded mock. */

import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: './suites',
  globalSetup: fileURLToPath(import.meta.resolve('./playwright/verdict.js')),
  testMatch: /\.(?:ts|js)$/,
  testIgnore: [/\.d\.ts$/, /\.test\./, /\/parts\//, /\/model\//, /\/index\./],
  fullyParallel: true,
  workers: 2,
  // A token may take a while to expire.
  timeout: 120_000,
  reporter: [['list']],
});
