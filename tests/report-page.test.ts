import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium, NO_CHROMIUM } from '../fixtures/hosted-page/chromium.js';
import { reportPage } from '../reports/page/document.js';
import { bad, good, hostileVerdict } from '../reports/sample-verdicts.test.helper.js';
import type { Verdict } from '../reports/verdict.js';

const folder = mkdtempSync(join(tmpdir(), 'cancel-conformance-page-'));

function pageFile(name: string, verdict: Verdict, earlier: readonly Verdict[] = []): string {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, reportPage(verdict, earlier));
  return pathToFileURL(file).href;
}

/** What a page did that a page at rest does not. */
interface Watched {
  readonly page: Page;
  readonly complaints: string[];
}

async function open(context: BrowserContext, url: string): Promise<Watched> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => complaints.push(dialog.message()));
  page.on('request', (request) => {
    if (request.url().split('#', 1).join() !== url.split('#', 1).join()) complaints.push(request.url());
  });
  await page.goto(url);
  return { page, complaints };
}

type Box = Pick<DOMRect, 'x' | 'y' | 'width' | 'height'>;

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width - 1 && b.x < a.x + a.width - 1 && a.y < b.y + b.height - 1 && b.y < a.y + a.height - 1;

describe.skipIf(chromiumPath === null)(
  `the page in Chromium${chromiumPath === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let browser: Browser;
    let url: string;
    beforeAll(async () => {
      browser = await launchChromium();
      url = pageFile('bad', bad, [{ ...good, finishedAt: '2026-02-01T10:00:00.000Z' }]);
    });
    afterAll(() => browser.close());

    async function inContext<T>(
      use: (context: BrowserContext) => Promise<T>,
      options: Parameters<Browser['newContext']>[0] = {},
    ): Promise<T> {
      const context = await browser.newContext(options);
      try {
        return await use(context);
      } finally {
        await context.close();
      }
    }

    it('opens from a file without a complaint or a request, and says first whether to release', async () => {
      await inContext(async (context) => {
        const { page, complaints } = await open(context, url);
        expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain(
          'Nonconformant: 1 must is broken.',
        );
        expect(await page.getByText('sandbox.example.com').first().isVisible()).toBe(true);
        expect(await page.locator('.trail .shows small').innerText()).toBe('Accept: text/json');
        expect(await page.locator('.exchange mark').allInnerTexts()).toEqual(['200', '  "status": "Gone"\n']);
        expect(complaints).toEqual([]);
      });
    });

    it.each([360, 1200])(
      'sets nothing one over the other, and no line in a sliver, at %i pixels',
      async (width) => {
        await inContext(
          async (context) => {
            const { page } = await open(context, url);
            // Read at once: a page has some seventy rows, each of several boxes.
            const rows = await page.locator('.requirement > summary').evaluateAll((summaries) =>
              summaries.map((row) => ({
                boxes: [...row.children].map((one) => {
                  const { x, y, width: wide, height } = one.getBoundingClientRect();
                  return { x, y, width: wide, height };
                }),
                statement: row.querySelector('.statement')?.getBoundingClientRect().width ?? 0,
              })),
            );
            expect(rows.length).toBeGreaterThan(50);
            for (const { boxes, statement } of rows) {
              const overlaps = boxes.some((one, i) =>
                boxes.slice(i + 1).some((other) => overlap(one, other)),
              );
              expect({ overlaps, isSliver: statement < width / 2 }).toEqual({
                overlaps: false,
                isSliver: false,
              });
            }
          },
          { viewport: { width, height: 900 } },
        );
      },
    );

    it('reads without JavaScript', async () => {
      await inContext(
        async (context) => {
          const { page } = await open(context, url);
          await page.locator('#cancel\\.twice summary').click();
          expect(await page.locator('#cancel\\.twice .source').isVisible()).toBe(true);
          expect(await page.locator('[data-copy]:visible, #filter:visible').count()).toBe(0);
          expect(await page.getByText('curl -i --path-as-is').first().isVisible()).toBe(true);
        },
        { javaScriptEnabled: false },
      );
    });

    it('is searched, filtered and opened by keyboard alone', async () => {
      await inContext(async (context) => {
        const { page, complaints } = await open(context, url);
        const shown = page.locator('.requirement:visible');
        await page.keyboard.press('/');
        await page.keyboard.type('cancelled refused twice');
        expect(await shown.count()).toBe(1);
        await page.keyboard.press('Escape');
        expect(await shown.count()).toBe(bad.requirements.length);
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Space');
        expect(await shown.count()).toBe(bad.requirements.filter(({ status }) => status !== 'pass').length);
        for (let i = 0; i < 4; i += 1) await page.keyboard.press('Tab');
        expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
        await page.keyboard.press('Enter');
        expect(await page.locator('.requirement[open]:visible').count()).toBe(1);
        expect(complaints).toEqual([]);
      });
    });

    it('shows a requirement that a link leads to, also where the filter hides it', async () => {
      await inContext(async (context) => {
        const { page } = await open(context, url);
        await page.getByLabel('held').uncheck();
        await page.locator('a.cell[href="#cancel.success"]').click();
        expect(await page.locator('#cancel\\.success .source').isVisible()).toBe(true);
      });
    });

    it('copies what each button names', async () => {
      await inContext(
        async (context) => {
          const { page } = await open(context, url);
          const copied = () => page.evaluate('navigator.clipboard.readText()');
          await page.getByRole('button', { name: 'Copy curl' }).click();
          expect(await copied()).toBe(bad.findings[0]?.curl);
          await page.getByRole('button', { name: 'Copy replay' }).click();
          expect(await copied()).toContain("--replay 'cancel.twice in any manner@42'");
          await page.getByText('An issue for the service').click();
          await page.getByRole('button', { name: 'Copy issue' }).click();
          expect(await copied()).toContain('# Cancel Session, cancel.twice: expected 400, got 200');
        },
        { permissions: ['clipboard-read', 'clipboard-write'] },
      );
    });

    it('has no barrier that axe knows of, in light and dark', async () => {
      await inContext(async (context) => {
        const { page } = await open(context, url);
        // One of every kind is enough.
        const some = '.finding details, [data-status=fail], #cancel\\\\.success, #cancel\\\\.expired';
        await page.evaluate(`for (const one of document.querySelectorAll("${some}")) one.open = true`);
        const { violations } = await new AxeBuilder({ page }).analyze();
        await page.emulateMedia({ colorScheme: 'dark' });
        const inDark = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
        const found = [...violations, ...inDark.violations].map(({ id, nodes }) => [id, nodes[0]?.html]);
        expect(found).toEqual([]);
      });
    });

    it('fits a phone', async () => {
      await inContext(
        async (context) => {
          const { page } = await open(context, url);
          await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
        },
        { viewport: { width: 390, height: 844 } },
      );
    });

    it('stays inert and opens within a second, however hostile and large a verdict is', async () => {
      const hostile = pageFile('hostile', hostileVerdict());
      await inContext(async (context) => {
        const { page, complaints } = await open(context, hostile);
        const opened = await page.evaluate<number>(
          'performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd',
        );
        expect(await page.title()).not.toBe('owned');
        expect(await page.locator('img, script:not(:last-child), a[href^="javascript"]').count()).toBe(0);
        expect(complaints).toEqual([]);
        expect(opened).toBeLessThan(1000);
      });
    });
  },
);

describe('the page', () => {
  it('says which variables a script takes', () => {
    const curl = [
      'TOKEN=$(curl -s -u "$CONFORMANCE_USERNAME:$CONFORMANCE_PASSWORD" -H "X-Key: $GATEWAY_KEY" http://localhost)',
      'curl -i -X POST http://localhost -H "Authorization: Bearer $TOKEN" -H "X-Key: $GATEWAY_KEY"',
    ].join('\n');
    const page = reportPage({ ...bad, findings: bad.findings.map((finding) => ({ ...finding, curl })) });
    expect(page).toContain('in a shell with CONFORMANCE_USERNAME, CONFORMANCE_PASSWORD, GATEWAY_KEY<');
  });

  it('tells when each requirement began to fail', () => {
    const at = (finishedAt: string, verdict: Verdict) => ({ ...verdict, finishedAt });
    const page = reportPage(at('2026-03-04T10:00:00Z', bad), [
      at('2026-03-02T10:00:00Z', bad),
      at('2026-03-01T10:00:00Z', good),
    ]);
    expect(page).toContain('Broken since');
    expect(page).toContain('<td>2 Mar 2026, 10:00 UTC</td>');
  });

  it('shows what the hosted page showed, in pictures where there are any', () => {
    const page = reportPage(good);
    expect(page).toMatch(/<figcaption>active<\/figcaption><img src="data:image\/jpeg;base64,/);
    expect(page).toContain('No picture: the page could not be taken, or may have shown a secret.');
    expect(page).toContain('img-src data:');
    const drawn = { title: 'active', text: '', picture: 'data:image/svg+xml,<svg onload="x"/>' };
    expect(reportPage({ ...good, pages: [drawn] })).not.toContain('<img');
  });

  it('lets nothing run but its own script', () => {
    const page = reportPage(bad);
    expect(page).toMatch(/default-src &#39;none&#39;|default-src 'none'/);
    expect(page).not.toContain('unsafe-inline');
    expect(page.match(/<script/g)).toHaveLength(1);
  });
});
