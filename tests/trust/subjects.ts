/** What the harness is tried on: the plain mock, every fault and every variant. */

import { chromiumPath } from '../../fixtures/hosted-page/chromium.js';
import { faults } from '../../mock/faults/index.js';
import { variants } from '../../mock/variants/index.js';
import { loadRequirements, type Requirement } from '../../spec/requirements.js';

export interface Subject {
  readonly kind: 'plain' | 'fault' | 'variant';
  readonly id: string;
  readonly statement: string;
  /** Requirements that a fault breaks; the first is the one meant to catch it. */
  readonly breaks: readonly string[];
  /** Shoulds that a variant does not keep. */
  readonly disregards: readonly string[];
}

/** Whether it is about the hosted page, which takes a browser to judge. */
export const isOfPage = ({ id }: { readonly id: string }): boolean => id.startsWith('page.');

/** Without a browser the hosted page is left out. */
const canBeTried = (one: { readonly id: string }): boolean => chromiumPath !== null || !isOfPage(one);

const plain: Subject = {
  kind: 'plain',
  id: 'plain',
  statement: 'The mock as it is.',
  breaks: [],
  disregards: [],
};

export const subjects: readonly Subject[] = [
  plain,
  ...faults.map(
    ({ id, statement, breaks }): Subject => ({
      kind: 'fault',
      id,
      statement,
      breaks,
      disregards: [],
    }),
  ),
  ...variants.map(
    ({ id, statement, disregards }): Subject => ({
      kind: 'variant',
      id,
      statement,
      breaks: [],
      disregards,
    }),
  ),
].filter(canBeTried);

/** Requirements that a run can check. */
export const checkable: readonly Requirement[] = loadRequirements().filter(
  (requirement) => requirement.unchecked === undefined && canBeTried(requirement),
);

/** Those that take a browser evenly among the others, since several browsers at once starve each other. */
export function spread(of: readonly Subject[]): readonly Subject[] {
  const placesOf = (some: readonly Subject[]) => some.map((one, i) => ({ one, place: i / some.length }));
  const places = [...placesOf(of.filter(isOfPage)), ...placesOf(of.filter((one) => !isOfPage(one)))];
  return places.sort((a, b) => a.place - b.place).map(({ one }) => one);
}

/** Every so many of the variants are in the sample. */
const VARIANT_STRIDE = 6;

/**
 * The plain mock, one fault for every requirement, and some of the variants; which ones, `turn` chooses. The hosted page has
 * tests of its own and takes a browser each time: it is left to the whole matrix.
 */
export function sample(turn: number): Subject[] {
  const chosen = new Set<Subject>([plain]);
  for (const { id } of checkable.filter((requirement) => !isOfPage(requirement))) {
    const meant = subjects.filter(({ breaks }) => breaks[0] === id);
    const able = meant.length > 0 ? meant : subjects.filter(({ breaks }) => breaks.includes(id));
    const one = able[turn % Math.max(1, able.length)];
    if (one !== undefined) chosen.add(one);
  }
  const some = subjects.filter((one) => one.kind === 'variant' && !isOfPage(one));
  for (const [i, one] of some.entries()) if (i % VARIANT_STRIDE === turn % VARIANT_STRIDE) chosen.add(one);
  return [...chosen];
}
