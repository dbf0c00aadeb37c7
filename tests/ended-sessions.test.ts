/** Sessions that no public call brings about, on services that cancel them all the same. */

import { expect, it } from 'vitest';
import { targetOf } from '../cli/embedded-target.js';
import { judge } from '../judge/judge.js';
import { startMock } from '../mock/service.js';
import { loadContract } from '../spec/contract.js';

it.each([
  ['ended.expired-cancelled', 'cancel.expired'],
  ['ended.completed-confirmed', 'cancel.completed'],
  ['ended.failed-refused-and-cancelled', 'cancel.failed'],
])('a run of the fault %s gets to its end, and finds %s broken', async (fault, id) => {
  const mock = await startMock({ fault });
  try {
    const { verdict, reason, findings } = await judge({
      target: targetOf(mock),
      contract: loadContract(),
      depth: 'smoke',
      seed: 1,
      strict: false,
      only: [id],
      timeoutMs: 5000,
      concurrency: 16,
      rate: null,
      replay: null,
    });
    expect({ verdict, reason }).toEqual({ verdict: 'nonconformant', reason: null });
    expect(findings.map(({ requirement }) => requirement)).toContain(id);
  } finally {
    await mock.close();
  }
});
