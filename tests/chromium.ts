/** A real Chromium for the tests of the page: one that is installed, never one that is downloaded. */

import { existsSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where there is one; null where there is none. */
export const chromiumPath: string | null =
  [process.env['CONFORMANCE_CHROMIUM'], process.env['CHROMIUM_PATH'], ...USUAL_PLACES].find(
    (path) => path !== undefined && path !== '' && existsSync(path),
  ) ?? null;

export const NO_CHROMIUM = 'no Chromium found: install one, or name it in CONFORMANCE_CHROMIUM';

/** @throws Error where there is none */
export function launchChromium(): Promise<Browser> {
  if (chromiumPath === null) throw new Error(NO_CHROMIUM);
  // The sandbox needs rights that containers do not give; the pages are our own.
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
}
