/** Scenarios befall the first cancels of each session, and nothing else. */

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Scenario } from './scenario.js';
import { readyScenarios, scenarioNamed } from './scenarios/index.js';
import { type Mock, startMock } from './service.js';

/** What comes of so many cancels in a row: a status, or `reset`; and what details say then. */
async function told(scenario: Scenario, times: number, again: (mock: Mock) => string | null = () => null) {
  const mock = await startMock({ scenario });
  try {
    const { sessionId, accessToken } = mock.seed('Initiated');
    let token = accessToken;
    const call = (path: string, method: string) =>
      fetch(`${mock.url}/api/v2/sessions/${sessionId}/${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}` },
      });
    const statuses: (number | string)[] = [];
    for (let i = 0; i < times; i += 1) {
      statuses.push(
        await call('cancel', 'POST').then(
          ({ status }) => status,
          () => 'reset',
        ),
      );
      token = again(mock) ?? token;
    }
    const { status }: { status?: unknown } = Object(await (await call('details', 'GET')).json());
    return [...statuses, String(status)];
  } finally {
    await mock.close();
  }
}

const newToken = (mock: Mock) => mock.seed('Initiated').accessToken;

describe('the ready scenario', () => {
  it.each([
    ['already-cancelled', 2, [400, 400, 'Cancelled']],
    ['expires-meanwhile', 2, [400, 400, 'Expired']],
    ['token-refused', 3, [401, 401, 401, 'Initiated']],
    ['reset-before-cancel', 2, ['reset', 200, 'Cancelled']],
    ['reset-after-cancel', 2, ['reset', 400, 'Cancelled']],
    ['throttled', 3, [429, 429, 200, 'Cancelled']],
    ['three-503', 4, [503, 503, 503, 200, 'Cancelled']],
    ['unavailable', 5, [503, 503, 503, 503, 503, 'Initiated']],
    ['details-lag', 2, [200, 400, 'Initiated']],
    ['slow', 1, [200, 'Cancelled']],
  ] as const)('%s', async (name, times, expected) => {
    expect(await told(scenarioNamed(name), times)).toEqual(expected);
  });

  it('token-expires', async () => {
    expect(await told(scenarioNamed('token-expires'), 2)).toEqual([401, 401, '401']);
    expect(await told(scenarioNamed('token-expires'), 2, newToken)).toEqual([401, 200, 'Cancelled']);
  });

  it('says that it is one', async () => {
    const mock = await startMock({ scenario: scenarioNamed('three-503') });
    const { sessionId, accessToken } = mock.seed('Initiated');
    const url = `${mock.url}/api/v2/sessions/${sessionId}/cancel`;
    const answer = await fetch(url, { method: 'POST', headers: { Authorization: `Bearer ${accessToken}` } });
    const refused = await fetch(url, { method: 'POST' });
    await mock.close();
    expect(answer.headers.get('x-conformance-scenario')).toBe('three-503');
    // What the operation refuses uses no turn up, and is as ever.
    expect([refused.status, refused.headers.get('x-conformance-scenario')]).toEqual([401, null]);
  });
});

it('the names are those that clients rely on', () => {
  expect(readyScenarios.map(({ name }) => name)).toEqual([
    'already-cancelled',
    'expires-meanwhile',
    'token-expires',
    'token-refused',
    'reset-before-cancel',
    'reset-after-cancel',
    'slow',
    'throttled',
    'three-503',
    'unavailable',
    'details-lag',
  ]);
});

describe('a scenario of one’s own', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'scenario-')), 'own.yaml');
  const own = (text: string) => {
    writeFileSync(file, text);
    return scenarioNamed(file);
  };

  it('is read from a file', async () => {
    const scenario = own(
      'name: own\nstatement: It is odd.\ncancels:\n  - answer: 500\n  - delay: 5\n  - session: Failed\nexit: any\n',
    );
    expect(scenario).toMatchObject({ name: 'own', endless: false, detailsLag: 0, exit: 'any' });
    expect(await told(scenario, 3)).toEqual([500, 200, 400, 'Cancelled']);
  });

  it.each([
    ['- a list', 'must be a scenario'],
    ['name: Own\nstatement: It.', 'name must be'],
    ['name: own', 'statement must be'],
    ['name: own\nstatement: It.\ncancel: []', 'unknown member "cancel"'],
    ['name: own\nstatement: It.\ncancels:\n  - answer: 42', ':4: is nothing that can happen'],
    ['name: own\nstatement: It.\ncancels:\n  - reset: between', ':4: is nothing that can happen'],
    [
      'name: own\nstatement: It.\ncancels:\n  - answer: 429\n    retryAfter: soon',
      ':4: is nothing that can happen',
    ],
    ['name: own\nstatement: It.\nexit: 1', 'exit must be 0 or any'],
  ])('is refused where it is wrong: %j', (text, sentence) => {
    expect(() => own(text)).toThrow(sentence);
  });

  it('is not there', () => {
    expect(() => scenarioNamed('three-504')).toThrow('Did you mean three-503?');
    expect(() => scenarioNamed('./none.yaml')).toThrow('none.yaml');
  });
});
