/** `npm run screenshots`: the pictures of the report page in the README, of a good run and a bad one. */

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from '@playwright/test';
import { targetOf } from '../cli/embedded-target.js';
import { launchChromium } from '../fixtures/hosted-page/chromium.js';
import { judge } from '../judge/judge.js';
import { startMock } from '../mock/service.js';
import { reportPage } from '../reports/page/document.js';
import { loadContract } from '../spec/contract.js';
import { packageRoot } from '../spec/package-root.js';

const docs = join(packageRoot, 'docs');
const folder = mkdtempSync(join(tmpdir(), 'cancel-conformance-screenshots-'));
const PORT = 8080;
const DESK = { width: 1200, height: 1500 };
const PHONE = { width: 390, height: 1200 };

/** @returns the page's URL */
async function pageOf(name: string, fault: string | null): Promise<string> {
  const mock = await startMock({ port: PORT, ...(fault === null ? {} : { fault }) });
  try {
    const verdict = await judge({
      target: { ...targetOf(mock), embedded: false },
      contract: loadContract(),
      depth: 'standard',
      seed: 42,
      strict: false,
      only: [],
      timeoutMs: 10_000,
      concurrency: 16,
      rate: null,
      replay: null,
    });
    const file = join(folder, `${name}.html`);
    writeFileSync(file, reportPage(verdict));
    return pathToFileURL(file).href;
  } finally {
    await mock.close();
  }
}

async function picture(
  browser: Browser,
  url: string,
  name: string,
  viewport: { readonly width: number; readonly height: number },
  colorScheme: 'light' | 'dark' = 'light',
): Promise<void> {
  const page = await browser.newPage({ viewport, colorScheme });
  await page.goto(url);
  await page.screenshot({ path: join(docs, name) });
  await page.close();
}

mkdirSync(docs, { recursive: true });
const browser = await launchChromium();
try {
  const good = await pageOf('good', null);
  await picture(browser, good, 'report-good.png', DESK);
  const bad = await pageOf('bad', 'concurrent.race-5');
  await picture(browser, bad, 'report-bad.png', DESK);
  await picture(browser, bad, 'report-phone.png', PHONE, 'dark');
} finally {
  await browser.close();
}
