import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium, NO_CHROMIUM } from '../fixtures/hosted-page/chromium.js';
import { judge } from '../judge/judge.js';
import { type MockOptions, startMock } from '../mock/service.js';
import type { Verdict } from '../reports/verdict.js';
import { loadContract } from '../spec/contract.js';
import { hostedPageAt, type PageServer, SECRET, startPageServer } from './hostile/page-server.js';

async function judged(
  browser: Browser,
  options: MockOptions,
  only: readonly string[],
  supplies = true,
): Promise<Verdict> {
  const mock = await startMock(options);
  try {
    return await judge({
      target: {
        url: mock.url,
        embedded: true,
        credentials: mock.clients,
        accessToken: null,
        clientId: null,
        supply: supplies ? async (status) => mock.seed(status) : null,
      },
      contract: loadContract(),
      depth: 'smoke',
      seed: 5,
      strict: true,
      only,
      timeoutMs: 5000,
      concurrency: 16,
      rate: null,
      replay: null,
      browser,
    });
  } finally {
    await mock.close();
  }
}

/** Of each requirement of the page its status and, where it was not checked, why. */
const told = ({ requirements }: Verdict) =>
  Object.fromEntries(
    requirements
      .filter(({ id }) => id.startsWith('page.'))
      .map(({ id, status, reason }) => [id, reason ?? status]),
  );

describe.skipIf(chromiumPath === null)(
  `the hosted page in Chromium${chromiumPath === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser.close());

    it('that keeps to the contract passes, with a picture for every state', async () => {
      const verdict = await judged(browser, {}, ['page']);
      expect(verdict.findings.map(({ message }) => message)).toEqual([]);
      expect([...new Set(Object.values(told(verdict)))]).toEqual(['pass']);
      expect(verdict.pages?.map(({ title }) => title).slice(0, 3)).toEqual([
        'active',
        'behind the first step',
        'Expired',
      ]);
      expect(verdict.pages?.filter(({ picture }) => !picture?.startsWith('data:image/jpeg;base64,'))).toEqual(
        [],
      );
    });

    it('that goes on behind an error state is nonconformant, and how to see it is told', async () => {
      const verdict = await judged(browser, { fault: 'page.own-step-succeeds' }, ['page.own-traffic'], false);
      const [finding] = verdict.findings;
      expect(finding?.actual).toBe(
        'POST /app/api/sessions/{sessionId}/steps answered 200 as for an active session',
      );
      expect(finding?.curl).toMatch(/\/cancel' .*\necho Open 'http:.*\/app\/\?sessionId='"\$SESSION"''$/);
    });

    it('that is none is not checked', async () => {
      const verdict = await judged(browser, { variant: 'page.none' }, ['page']);
      expect(verdict.verdict).toBe('inconclusive');
      expect(verdict.reason).toMatch(/There is no hosted page at .*\/app\/, which was answered 404/);
    });

    describe('of a server that does what we say', () => {
      let server: PageServer;
      beforeAll(async () => {
        server = await startPageServer();
      });
      afterAll(() => server.close());

      it('has no picture where that may show a secret, and its text is masked', async () => {
        server.serve(`<p>Token ${SECRET.slice(0, 5)}<br>${SECRET.slice(5)}, ${SECRET}</p>`);
        const page = hostedPageAt(server.url, browser);
        const visit = await page.visit('any');
        await visit.open();
        await page.show(visit, await visit.atRest(), 'active');
        await visit.close();
        expect(page.views).toEqual([
          { title: 'active', text: expect.stringContaining('‹secret›'), picture: null },
        ]);
        expect(JSON.stringify(page.views)).not.toContain(SECRET);
      });

      it('is not judged by a selector that is none', async () => {
        const page = hostedPageAt(server.url, browser, { errorState: '>>>' });
        const learning = page.learn(
          async () => ({ id: 'any' }),
          async () => null,
        );
        await expect(learning).rejects.toThrow('page.errorState in the configuration is no selector.');
      });
    });
  },
);

const anywhere = 'https://sandbox.example.com/partner';

it('the hosted page is not opened where the depth or the configuration says so', () => {
  expect(() => hostedPageAt(anywhere, undefined, {}, false).insist()).toThrow('not opened at this depth');
  expect(() => hostedPageAt(anywhere, undefined, null).insist()).toThrow('configuration says');
});

it('the hosted page is sought under the path of the configuration', () => {
  const urlOf = (path?: string) =>
    hostedPageAt(anywhere, undefined, path === undefined ? {} : { path }).urlOf('x');
  expect(urlOf()).toBe(`${anywhere}/app/?sessionId=x`);
  expect(urlOf('/pay?lang=fr')).toBe(`${anywhere}/pay?lang=fr&sessionId=x`);
  expect(urlOf('/pay/{sessionId}')).toBe(`${anywhere}/pay/x`);
});
