/** The pages as the code has them now, for `npm run docs` and for the test that holds them fresh. */

import { join } from 'node:path';
import { allCases } from '../../judge/gather.js';
import { faults } from '../../mock/faults/index.js';
import { oracles } from '../../oracles/index.js';
import { packageRoot } from '../../spec/package-root.js';
import { loadRequirements } from '../../spec/requirements.js';
import { requirementPages } from './requirement-pages.js';

export const folder = join(packageRoot, 'docs', 'requirements');

export async function pages(): Promise<ReadonlyMap<string, string>> {
  // Every exchange that is answered is a check of it.
  const ofEveryAnswer = new Set(['answer.received', ...oracles.map(({ requirement }) => requirement)]);
  return requirementPages(loadRequirements(), { cases: await allCases(), faults, ofEveryAnswer });
}
