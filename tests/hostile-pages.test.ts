import type { RequestListener } from 'node:http';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium, NO_CHROMIUM } from '../fixtures/hosted-page/chromium.js';
import { hostedPageAt, type PageServer, startPageServer } from './hostile/page-server.js';

const ID = '3e82fc7a-7662-4f9f-84ee-c544f5681f1c';

const pages: Readonly<Record<string, string | RequestListener>> = {
  'never answers': () => {},
  'never ends': (_, response) => void response.setHeader('Content-Type', 'text/html').write('<p>Hello'),
  'hangs up': ({ socket }) => socket.destroy(),
  'redirects to itself': ({ url }, response) => response.writeHead(302, { Location: url ?? '' }).end(),
  'reloads itself': '<script>location.reload()</script>',
  'keeps the processor': '<p>Hello</p><script>setTimeout(() => { for (;;); }, 50)</script>',
  'alerts for ever': '<p>Hello</p><script>setInterval(() => alert("Hello"), 1)</script>',
  'does not want to be left': '<script>addEventListener("beforeunload", (e) => e.preventDefault())</script>',
  'opens windows': '<script>setInterval(() => open("about:blank"), 50)</script>',
  'is a download': (_, response) =>
    response.writeHead(200, { 'Content-Disposition': 'attachment; filename=a.bin' }).end('a'),
  'has a million words': `<p>${'Hello '.repeat(1_000_000)}</p>`,
  'asks without end': '<p>Hello</p><script>setInterval(() => fetch("/more"), 5)</script>',
  'breaks what scripts rely on':
    '<p>Hello</p><script>document.querySelectorAll = null; Array.prototype.map = null; JSON.stringify = null</script>',
};

describe.skipIf(chromiumPath === null)(
  `a visit to a page in Chromium${chromiumPath === null ? ` (${NO_CHROMIUM})` : ''} ends in time where it`,
  () => {
    let browser: Browser;
    let server: PageServer;
    beforeAll(async () => {
      browser = await launchChromium();
      server = await startPageServer();
    });
    afterAll(async () => {
      await browser.close();
      await server.close();
    });

    it.each(Object.entries(pages))('%s', async (_, what) => {
      server.serve(what);
      const page = hostedPageAt(server.url, browser);
      const visit = await page.visit(ID);
      await visit.open();
      await page.show(visit, await visit.atRest(), 'active');
      await visit.press('button "Hello"');
      await visit.reload();
      await visit.close();
      expect(page.views).toHaveLength(1);
      expect(page.views[0]?.text.length).toBeLessThanOrEqual(2000);
    });
  },
);
