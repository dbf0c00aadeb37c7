/** Merges what the parts of a run observed: each asked another share of the questions. */

import { grouped } from '../reports/grouped.js';
import type { Observation } from '../reports/verdict.js';

/** @example mergeObservations([[{ id: 'a', value: '400' }], [{ id: 'a', value: '401' }]]) // [{ id: 'a', value: '400; 401' }] */
export function mergeObservations(parts: readonly (readonly Observation[])[]): Observation[] {
  return [...grouped(parts.flat(), ({ id }) => id)]
    .map(([id, [first, ...others]]) => {
      if (first === undefined) throw new Error('A group has a member.');
      return { ...first, value: mergedValue(id, [first, ...others]) };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function mergedValue(id: string, all: readonly Observation[]): string {
  const values = [...new Set(all.map(({ value }) => value))];
  const [only, ...others] = values;
  if (only !== undefined && others.length === 0) return only;
  const varying = values.find((value) => value.startsWith('varies'));
  if (varying !== undefined || id.includes('/')) return varying ?? 'varies';
  return [...new Set(values.flatMap((value) => value.split('; ')))].sort().join('; ');
}
