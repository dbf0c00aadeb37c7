/** An oracle that always passes is noticed: the fault that it is meant to catch then goes uncaught in the kill matrix. */

import { expect, it, vi } from 'vitest';
import { oracles } from '../oracles/index.js';
import type { Oracle } from '../oracles/oracle.js';
import { assess } from './trust/assessment.js';
import { checkable, type Subject, subjects } from './trust/subjects.js';
import { tryOut } from './trust/trial.js';

/** Where the first fault of a requirement falls to another oracle as well, one that does not. */
const FAULTS: Readonly<Record<string, string>> = {
  'cancel.success.session-id': 'success.session-id.random',
  'cancel.success.status': 'success.status.as-before',
};

function faultFor(requirement: string): Subject {
  const meant = subjects.filter(({ id, breaks }) =>
    requirement in FAULTS ? id === FAULTS[requirement] : breaks[0] === requirement,
  );
  const [fault] = meant.sort((a, b) => a.breaks.length - b.breaks.length);
  if (fault === undefined) throw new Error(`No fault breaks ${requirement}.`);
  return fault;
}

async function outcomeOf(subject: Subject): Promise<string | undefined> {
  const result = await tryOut({ subject, depth: 'smoke', seed: 11 });
  return assess([result], checkable, false).rows[0]?.outcome;
}

it.each(oracles.map((oracle) => [oracle.requirement, oracle] as const))(
  'the oracle of %s',
  async (requirement: string, oracle: Oracle) => {
    const fault = faultFor(requirement);
    const muted = vi.spyOn(oracle, 'judge').mockReturnValue('holds');
    try {
      expect(await outcomeOf(fault)).toMatch(/^(uncaught|unrelated)$/);
    } finally {
      muted.mockRestore();
    }
    expect(await outcomeOf(fault)).toBe('right');
  },
);
