/** Tells one case of a suite, and enters into the ledger what came of it. */

import { attempt } from '../fixtures/attempt.js';
import { type Counterexample, type PropertyBody, property } from '../fixtures/property.js';
import type { Run } from '../fixtures/run.js';
import { derivedSeed } from '../fixtures/seeds.js';
import { BrokeOff, NotToBeHad } from '../fixtures/stops.js';
import type { CaseBody } from '../fixtures/verifies.js';
import type { Origin } from './ledger.js';

/**
 * @param ids the requirements that the case verifies
 * @param replay the counterexample to tell alone, where the case is a property
 * @throws BrokeOff where the run cannot go on
 */
export async function judgeCase(
  run: Run,
  caseName: string,
  ids: readonly string[],
  body: CaseBody,
  replay: Counterexample | null,
): Promise<void> {
  const origin: Origin = { caseName, path: null, example: null };
  const { breaches, stop } = await attempt(run, origin, 'playwright', (fixtures) =>
    body({
      ...fixtures,
      property: (arbitrary, told, runs) => property(run, caseName, arbitrary, told, replay, runs),
      each: (items, told) => each(run, caseName, items, told),
      some: (items) => some(run, caseName, items),
    }),
  );
  for (const breach of breaches) run.ledger.find(breach, origin);
  if (stop instanceof BrokeOff) throw stop;
  if (stop instanceof NotToBeHad) for (const id of ids) run.ledger.notChecked(id, stop.message);
}

/** All items; at a lesser depth only every nth, from a beginning that the seed chooses. */
function some<T>({ settings: { seed, plan } }: Run, caseName: string, items: readonly T[]): T[] {
  const offset = Math.abs(derivedSeed(seed, caseName)) % Math.min(plan.stride, items.length);
  return items.filter((_, i) => i % plan.stride === offset);
}

/** Tells each of some items as a trial of its own. */
async function each<T>(
  run: Run,
  caseName: string,
  items: readonly T[],
  body: PropertyBody<T>,
): Promise<void> {
  const waiting = some(run, caseName, items);
  const origin: Origin = { caseName, path: null, example: null };
  let stopped: NotToBeHad | BrokeOff | null = null;
  async function lane(): Promise<void> {
    for (
      let item = waiting.shift();
      item !== undefined && !(stopped instanceof BrokeOff);
      item = waiting.shift()
    ) {
      const one = item;
      const { breaches, stop } = await attempt(run, origin, 'pool', (fixtures) => body(one, fixtures));
      for (const breach of breaches) run.ledger.find(breach, origin);
      stopped = stop ?? stopped;
    }
  }
  await Promise.all(Array.from({ length: run.settings.plan.lanes }, lane));
  if (stopped !== null) throw stopped;
}
