/** Why some mutants survive: reviewed explanations, each of the mutants that it names, and which of them are stale. */

import { join } from 'node:path';
import { isObject } from '../../spec/json-pointer.js';
import { packageRoot } from '../../spec/package-root.js';
import { readYaml } from '../../spec/yaml-file.js';
import type { Mutant } from './mutated-sources.js';

/** Holds for each mutant that is so in every member that the explanation names. */
export interface Explanation {
  readonly mutants: Readonly<Partial<Pick<Mutant, Name>>>;
  readonly reason: string;
}

const names = ['file', 'code', 'mutator', 'original', 'replacement'] as const;
type Name = (typeof names)[number];

const file = join(packageRoot, 'tests', 'trust', 'equivalent-mutants.yaml');

/** @throws UserError where an entry is no explanation */
export function loadExplanations(): readonly Explanation[] {
  const yaml = readYaml(file);
  const entries: unknown[] = Array.isArray(yaml.value) ? yaml.value : [];
  return entries.map((entry, i) => {
    const { reason, ...mutants } = isObject(entry) ? entry : {};
    const known = Object.entries(mutants).every(
      ([name, value]) => names.some((one) => one === name) && typeof value === 'string',
    );
    if (typeof reason !== 'string' || !known || !('file' in mutants)) {
      throw yaml.error(`/${i}`, `must have file, reason, and some of ${names.join(', ')}`, 'Mend it.');
    }
    return { mutants, reason };
  });
}

export const explains = ({ mutants }: Explanation, mutant: Mutant): boolean =>
  names.every((name) => mutants[name] === undefined || mutants[name] === mutant[name]);
