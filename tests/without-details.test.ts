import { expect, it } from 'vitest';
import { targetOf } from '../cli/embedded-target.js';
import { judge } from '../judge/judge.js';
import { startMock } from '../mock/service.js';
import { loadContract } from '../spec/contract.js';
import { loadRequirements } from '../spec/requirements.js';

const noCallChecks = new Set(
  loadRequirements()
    .filter(({ id, unchecked }) => unchecked !== undefined || id.startsWith('page.'))
    .map(({ id }) => id),
);

/** What Session Details alone can tell. */
const OPEN = ['cancel.details-remain'];

it('without Session Details a standard run has sessions enough for every other requirement', async () => {
  const mock = await startMock({ variant: 'session-details.none' });
  try {
    const { verdict, requirements } = await judge({
      target: { ...targetOf(mock), page: null },
      contract: loadContract(),
      depth: 'standard',
      seed: 3,
      strict: true,
      only: [],
      timeoutMs: 10_000,
      concurrency: 16,
      rate: null,
      replay: null,
    });
    const unchecked = requirements.filter(
      ({ id, status }) => status === 'not-checked' && !noCallChecks.has(id),
    );
    expect(unchecked.map(({ id }) => id)).toEqual(OPEN);
    expect(verdict).toBe('conformant');
  } finally {
    await mock.close();
  }
});
