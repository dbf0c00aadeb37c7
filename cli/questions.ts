/** What Playwright Test's runs ask: it takes no flags of ours, so the environment chooses depth and seed. */

import { type Depth, depths } from '../fixtures/depth.js';
import { UserError } from '../spec/errors.js';
import type { Environment } from './environment.js';

export interface Questions {
  readonly depth: Depth;
  readonly seed: number;
}

/** The same in every worker and on every machine, so that shards together ask what the whole would have asked. */
const USUAL_SEED = 1;

/** @throws UserError where a variable holds something else */
export function questionsFor({ get }: Environment): Questions {
  return { depth: depthOf(get('CONFORMANCE_DEPTH')), seed: seedOf(get('CONFORMANCE_SEED')) };
}

function depthOf(text: string | null): Depth {
  if (text === null) return 'standard';
  const depth = depths.find((one) => one === text);
  if (depth !== undefined) return depth;
  throw new UserError(
    'CONFORMANCE_DEPTH names no depth.',
    `Set it to ${depths.join(', ')}, or leave it out.`,
  );
}

function seedOf(text: string | null): number {
  if (text === null) return USUAL_SEED;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UserError('CONFORMANCE_SEED is no seed.', 'Set it to a whole number of at most nine digits.');
}
