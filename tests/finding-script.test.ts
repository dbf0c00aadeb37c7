/** A finding's curl lines are a script that shows the fault again, from nothing but credentials. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { targetOf } from '../cli/embedded-target.js';
import { judge } from '../judge/judge.js';
import { type Mock, startMock } from '../mock/service.js';
import { loadContract } from '../spec/contract.js';

const run = promisify(execFile);

async function judged(mock: Mock, only: string, replay: string | null = null) {
  return judge({
    target: targetOf(mock),
    contract: loadContract(),
    depth: 'smoke',
    seed: 1,
    strict: true,
    only: [only],
    timeoutMs: 10_000,
    concurrency: 16,
    rate: null,
    replay,
  });
}

/** What a shell prints that knows the credentials of the mock. */
async function printed(script: string, { clients: { main, other } }: Mock): Promise<string> {
  const { stdout } = await run('bash', ['-c', script], {
    env: {
      PATH: process.env['PATH'],
      CONFORMANCE_USERNAME: main.username,
      CONFORMANCE_PASSWORD: main.password,
      CONFORMANCE_OTHER_USERNAME: other.username,
      CONFORMANCE_OTHER_PASSWORD: other.password,
    },
  });
  return stdout;
}

const statuses = (text: string) =>
  [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));

it.each([
  // The last answer is the fault; what led to it is a cancel that must come first.
  [
    'twice.as-text-json',
    'cancel.twice',
    'Accept: text/json',
    (text: string) => statuses(text).at(-1) === 200,
  ],
  // The answer is right, and the state behind it is not.
  ['id.refused-and-cancelled', 'id.no-effect', 'id: ', (text: string) => /"status": ?"Cancelled"/.test(text)],
  // Where the token stands is what is wrong.
  ['token.in-query-accepted', 'token.in-query', 'query', (text: string) => statuses(text).at(-1) === 200],
  ['client.other-accepted', 'token.other-client', 'token: ', (text: string) => statuses(text).at(-1) === 200],
])(
  'with the fault %s the script of %s shows it, and no longer where it is mended',
  async (fault, id, asked, shows) => {
    const broken = await startMock({ fault });
    const mended = await startMock({});
    try {
      const { findings } = await judged(broken, id);
      const finding = findings.find(({ requirement }) => requirement === id);
      expect(finding?.curl).toContain('TOKEN=$(curl');
      expect(finding?.trail?.find((step) => step.shows)?.asked).toContain(asked);
      const script = finding?.curl ?? '';
      expect(shows(await printed(script, broken))).toBe(true);
      expect(shows(await printed(script.replaceAll(broken.url, mended.url), mended))).toBe(false);
      const replay = finding?.replay ?? '';
      expect((await judged(broken, id, replay)).findings.map(({ requirement }) => requirement)).toContain(id);
      expect((await judged(mended, id, replay)).findings).toEqual([]);
    } finally {
      await Promise.all([broken.close(), mended.close()]);
    }
  },
);

it('a race is asked again until it shows, and ten times where it does not', async () => {
  const broken = await startMock({ fault: 'concurrent.race-while-read' });
  const mended = await startMock({});
  try {
    const race = 'cancel.concurrent while it is read@1';
    const shown = await judged(broken, 'cancel.concurrent', race);
    const hidden = await judged(mended, 'cancel.concurrent', race);
    expect(shown.findings.map(({ requirement }) => requirement)).toContain('cancel.concurrent');
    expect(shown.findings[0]?.curl).toMatch(/(.*\/cancel.* &\n)+(.*\/details.* &\n)+wait/);
    expect(hidden.findings).toEqual([]);
    expect(hidden.usage.sessions).toBeGreaterThanOrEqual(shown.usage.sessions + 9);
  } finally {
    await Promise.all([broken.close(), mended.close()]);
  }
});
