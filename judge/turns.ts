/** When each case is told: by itself, beside all others, or a few at once. */

import type { Requirement, Turn } from '../spec/requirements.js';
import type { Case } from './gather.js';

/** Cases that are told at once. */
export const SIDE_BY_SIDE = 4;

interface Turns {
  readonly alone: readonly Case[];
  readonly beside: readonly Case[];
  readonly inTurn: readonly Case[];
}

/** A case is told when the requirement that names it says. */
export function turnsOf(cases: readonly Case[], requirements: readonly Requirement[]): Turns {
  const turns = new Map(requirements.map(({ id, told }) => [id, told]));
  const told = (turn: Turn) => cases.filter(({ ids: [first = ''] }) => turns.get(first) === turn);
  return { alone: told('alone'), beside: told('beside'), inTurn: told('in turn') };
}

/** A few cases at once; the last one by itself, since it uses up what sessions the others leave. */
export function wavesOf(cases: readonly Case[]): readonly (readonly Case[])[] {
  const waves: Case[][] = [];
  for (let i = 0; i < cases.length - 1; i += SIDE_BY_SIDE)
    waves.push(cases.slice(i, Math.min(i + SIDE_BY_SIDE, cases.length - 1)));
  return [...waves, cases.slice(-1)].filter(({ length }) => length > 0);
}
