import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge, UserError } from '../index.js';
import { type Mock, startMock } from '../mock/service.js';

const SMALL = { depth: 'smoke', seed: 1, only: ['cancel.twice'], maxSessions: 10 } as const;

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ fault: 'twice.always' });
});
afterAll(() => mock.close());

const ONE_CLIENT = { username: 'partner', password: 'open-sesame-42' };

describe('judge', () => {
  it('judges the embedded mock where it is given no target', async () => {
    const { verdict, target, depth } = await judge(SMALL);
    expect({ verdict, embedded: target.embedded, depth }).toEqual({
      verdict: 'conformant',
      embedded: true,
      depth: 'smoke',
    });
  });

  it('judges a service of the caller, and hands over what it found without a secret', async () => {
    const { main } = mock.clients;
    const verdict = await judge({ ...SMALL, target: { url: mock.url, credentials: { main } } });
    expect(verdict).toMatchObject({ verdict: 'nonconformant', exitCode: 1 });
    expect(verdict.findings.map(({ requirement }) => requirement)).toEqual(['cancel.twice']);
    expect(JSON.stringify(verdict)).not.toContain(main.password);
  });

  it('calls a service that is not there inconclusive', async () => {
    const { main } = mock.clients;
    const { verdict, reason } = await judge({
      ...SMALL,
      target: { url: 'http://127.0.0.1:1', credentials: { main } },
    });
    expect(verdict).toBe('inconclusive');
    expect(reason).toContain('cannot be reached');
  });

  it('keeps what was measured where something fails that nobody foresaw', async () => {
    let failed = false;
    const { verdict, exitCode, reason, exchanges, usage } = await judge({
      ...SMALL,
      onProgress: (progress) => {
        if (failed || progress.exchanges < 20) return;
        failed = true;
        throw new TypeError('not foreseen');
      },
    });
    expect({ verdict, exitCode, left: usage.leftActive }).toEqual({
      verdict: 'inconclusive',
      exitCode: 2,
      left: [],
    });
    expect(reason).toMatch(/a fault of its own.*not foreseen/);
    expect(exchanges).toBeGreaterThanOrEqual(20);
  });

  it.each([
    ['an unknown depth', { depth: 'shallow' }, 'depth is "shallow".'],
    ['half a seed', { seed: 0.5 }, 'seed is 0.5.'],
    ['no time at all', { timeoutMs: 0 }, 'timeoutMs is 0.'],
    ['a rate of nothing', { rate: 0 }, 'rate is 0.'],
    ['a requirement that is none', { only: ['cancel.twise'] }, 'No requirement has the id'],
    ['a URL that is none', { target: { url: 'sandbox' } }, 'The URL of the target is not a URL.'],
    ['a target without credentials', { target: { url: 'http://127.0.0.1:1' } }, 'There are no credentials'],
    [
      'one client for two',
      { target: { url: 'http://127.0.0.1:1', credentials: { main: ONE_CLIENT, other: ONE_CLIENT } } },
      'credentials.other names the same client',
    ],
    [
      'a token that no header carries',
      { target: { url: 'http://127.0.0.1:1', accessToken: 'a b' } },
      'accessToken holds a space',
    ],
    [
      'a host that nobody owns',
      { target: { url: 'https://pay.example.com', accessToken: 'a' } },
      'ends real payments',
    ],
  ])('refuses %s in one sentence', async (_, options, sentence) => {
    const judging = judge(JSON.parse(JSON.stringify(options)));
    await expect(judging).rejects.toThrow(UserError);
    await expect(judging).rejects.toThrow(sentence);
  });
});
