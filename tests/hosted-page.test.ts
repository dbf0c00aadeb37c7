import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium, NO_CHROMIUM } from '../fixtures/hosted-page/chromium.js';
import { HostedPage } from '../fixtures/hosted-page/hosted-page.js';
import { Secrets } from '../fixtures/secrets.js';
import type { PageSettings } from '../fixtures/target.js';
import { judge } from '../judge/judge.js';
import { type MockOptions, startMock } from '../mock/service.js';
import type { Verdict } from '../reports/verdict.js';
import { loadContract } from '../spec/contract.js';

const TIMEOUT_MS = 1500;
const ID = '3e82fc7a-7662-4f9f-84ee-c544f5681f1c';
const SECRET = 'open-sesame-42';

async function judged(
  browser: Browser | null,
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
      ...(browser && { browser }),
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

const originOf = (server: Server) => {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
};

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

    describe('whatever it does', () => {
      let server: Server;
      let answer: RequestListener;
      beforeAll(async () => {
        server = createServer((request, response) => answer(request, response));
        await once(server.listen(0, '127.0.0.1'), 'listening');
      });
      afterAll(() => {
        server.close();
        server.closeAllConnections();
      });

      function hostedPage(html: string | RequestListener, page: PageSettings = {}): HostedPage {
        answer =
          typeof html === 'function'
            ? html
            : (_, response) => response.setHeader('Content-Type', 'text/html').end(html);
        const secrets = new Secrets();
        secrets.add(SECRET);
        return new HostedPage({
          target: {
            url: originOf(server),
            embedded: false,
            credentials: {},
            accessToken: null,
            clientId: null,
            supply: null,
            page,
          },
          secrets,
          timeoutMs: TIMEOUT_MS,
          opens: true,
          browser,
        });
      }

      it.each<[string, string | RequestListener]>([
        ['never answers', () => {}],
        [
          'redirects to itself',
          ({ url }, response) => response.writeHead(302, { Location: url ?? '' }).end(),
        ],
        ['reloads itself', '<script>location.reload()</script>'],
        ['keeps the processor', '<p>Hello</p><script>setTimeout(() => { for (;;); }, 50)</script>'],
        ['alerts for ever', '<p>Hello</p><script>setInterval(() => alert("Hello"), 1)</script>'],
        [
          'does not want to be left',
          '<script>addEventListener("beforeunload", (e) => e.preventDefault())</script>',
        ],
        ['opens windows', '<script>setInterval(() => open("about:blank"), 50)</script>'],
        [
          'is a download',
          (_, response) =>
            response.writeHead(200, { 'Content-Disposition': 'attachment; filename=a.bin' }).end('a'),
        ],
        [
          'lies about the document',
          '<p>Hello</p><script>document.querySelectorAll = null; Node.prototype.toString = 1</script>',
        ],
      ])('a visit ends in time: a page that %s', async (_, html) => {
        const page = hostedPage(html);
        const visit = await page.visit(ID);
        await visit.open();
        await visit.atRest();
        await page.show(visit, await visit.look(), 'active');
        await visit.press('button "Hello"');
        await visit.close();
        expect(page.views).toHaveLength(1);
        expect(visit.context.pages()).toEqual([]);
      });

      it('a picture that may show a secret is left out, and the text is masked', async () => {
        const page = hostedPage(`<p>Token ${SECRET.slice(0, 5)}<br>${SECRET.slice(5)}, ${SECRET}</p>`);
        const visit = await page.visit(ID);
        await visit.open();
        await page.show(visit, await visit.atRest(), 'active');
        await visit.close();
        expect(page.views).toEqual([
          { title: 'active', text: expect.stringContaining('‹secret›'), picture: null },
        ]);
        expect(JSON.stringify(page.views)).not.toContain(SECRET);
      });

      it('a selector that is none is the user’s to mend', async () => {
        const page = hostedPage('<p>Hello</p>', { errorState: '>>>' });
        const session = { id: ID } as Parameters<HostedPage['learn']>[0] extends () => Promise<infer S>
          ? S
          : never;
        await expect(
          page.learn(
            async () => session,
            async () => null,
          ),
        ).rejects.toThrow('page.errorState in the configuration is no selector.');
      });
    });
  },
);

it('at smoke depth no browser is started unless the page is asked for', async () => {
  const reasons = Object.values(told(await judged(null, {}, ['cancel.page-example'])));
  expect([...new Set(reasons)]).toEqual(['Left out by --only.']);
});

it('a page is sought under the path of the configuration', () => {
  const target = {
    url: 'https://sandbox.example.com/partner',
    embedded: false,
    credentials: {},
    accessToken: null,
    clientId: null,
    supply: null,
  };
  const urlOf = (page: PageSettings) =>
    new HostedPage({ target: { ...target, page }, secrets: new Secrets(), timeoutMs: 1, opens: false }).urlOf(
      'x',
    );
  expect(urlOf({})).toBe('https://sandbox.example.com/partner/app/?sessionId=x');
  expect(urlOf({ path: '/pay?lang=fr' })).toBe('https://sandbox.example.com/partner/pay?lang=fr&sessionId=x');
  expect(urlOf({ path: '/pay/{sessionId}' })).toBe('https://sandbox.example.com/partner/pay/x');
});
