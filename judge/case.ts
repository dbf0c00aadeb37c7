/** Tells one case of a suite, and enters into the ledger what came of it. */

import { attempt } from '../fixtures/attempt.js';
import { Lane } from '../fixtures/lane.js';
import type { Origin } from '../fixtures/ledger.js';
import { type Counterexample, type PropertyBody, property } from '../fixtures/property.js';
import type { Run } from '../fixtures/run.js';
import { derivedSeed } from '../fixtures/seeds.js';
import { BrokeOff, NotToBeHad } from '../fixtures/stops.js';
import type { CaseBody } from '../fixtures/verifies.js';

export interface Share {
  /** How many it may make. */
  readonly sessions: number;
  /** How many of its trials may be told side by side. */
  readonly lanes: number;
}

/**
 * @param ids the requirements that the case verifies
 * @param replay the counterexample to tell alone, where the case is a property
 * @param share what it may use of the run
 * @throws BrokeOff where the run cannot go on
 */
export async function judgeCase(
  run: Run,
  caseName: string,
  ids: readonly string[],
  body: CaseBody,
  replay: Counterexample | null,
  share: Share,
): Promise<void> {
  const origin: Origin = { caseName, path: null, example: null };
  const lane = new Lane(run, caseName, share.sessions, share.lanes);
  const { breaches, stop } = await attempt(lane, origin, 'playwright', (fixtures) =>
    body({
      ...fixtures,
      property: (arbitrary, told, options) => property(lane, arbitrary, told, replay, options),
      each: (items, told) => each(lane, items, told),
      some: (items) => some(run, caseName, items),
    }),
  );
  lane.end();
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
async function each<T>(of: Lane, items: readonly T[], body: PropertyBody<T>): Promise<void> {
  const { run, caseName } = of;
  const chosen = some(run, caseName, items);
  const origin: Origin = { caseName, path: null, example: null };
  let stopped: NotToBeHad | BrokeOff | null = null;
  async function tell(lane: Lane, mine: readonly T[]): Promise<void> {
    for (const item of mine) {
      if (stopped instanceof BrokeOff) break;
      const { breaches, stop } = await attempt(lane, origin, 'pool', (fixtures) => body(item, fixtures));
      for (const breach of breaches) run.ledger.find(breach, origin);
      stopped = stop ?? stopped;
    }
    lane.end();
  }
  // Which lane tells what is fixed, so that one seed always asks the same.
  await Promise.all(
    of.split(chosen.length).map((lane, i, { length }) =>
      tell(
        lane,
        chosen.filter((_, at) => at % length === i),
      ),
    ),
  );
  if (stopped !== null) throw stopped;
}
