/** An oracle that always passes is noticed: the fault that it is meant to catch then goes uncaught in the kill matrix. */

import { expect, it, vi } from 'vitest';
import type { Depth } from '../../fixtures/depth.js';
import { oracles } from '../../oracles/index.js';
import type { Oracle } from '../../oracles/oracle.js';
import { assess } from './assessment.js';
import { checkable, type Subject, subjects } from './subjects.js';
import { tryOut } from './trial.js';

/** Where the first fault of a requirement falls to another oracle as well, one that does not. */
const FAULTS: Readonly<Record<string, string>> = {
  'cancel.success.session-id': 'success.session-id.random',
  'cancel.success.status': 'success.status.as-before',
  'media.text-json': 'media.text-json-200',
  'media.unacceptable': 'media.unacceptable-415',
};

/** At smoke depth too few lists of types are asked for. */
const DEPTHS: Readonly<Record<string, Depth>> = { 'media.any': 'standard' };

function faultFor(requirement: string): Subject {
  const meant = subjects.filter(({ id, breaks }) =>
    requirement in FAULTS ? id === FAULTS[requirement] : breaks[0] === requirement,
  );
  const [fault] = meant.sort((a, b) => a.breaks.length - b.breaks.length);
  if (fault === undefined) throw new Error(`No fault breaks ${requirement}.`);
  return fault;
}

async function outcomeOf(subject: Subject, depth: Depth = 'smoke'): Promise<string | undefined> {
  const result = await tryOut({ subject, depth, seed: 11, untilCaught: false });
  return assess([result], checkable, false).rows[0]?.outcome;
}

it.each(oracles.map((oracle) => [oracle.requirement, oracle] as const))(
  'the oracle of %s',
  async (requirement: string, oracle: Oracle) => {
    const fault = faultFor(requirement);
    const depth = DEPTHS[requirement];
    expect(await outcomeOf(fault, depth)).toBe('right');
    const muted = vi.spyOn(oracle, 'judge').mockReturnValue('holds');
    try {
      expect(await outcomeOf(fault, depth)).toMatch(/^(uncaught|unrelated)$/);
    } finally {
      muted.mockRestore();
    }
  },
);
