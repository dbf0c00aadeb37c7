/** The ledger of a run: what was checked, what was broken, and under which circumstances. */

import type { Circumstances, Exchange } from '../fixtures/exchange.js';
import type { Requirement } from '../spec/requirements.js';

/** A requirement broken once. */
export interface Breach {
  readonly requirement: string;
  readonly expected: string;
  readonly actual: string;
  /** A JSON pointer to what is wrong in the body of the answer, where it is one place of it. */
  readonly pointer?: string;
  /** The exchange that shows it, and those before and beside it that brought it about. */
  readonly exchange: Exchange | null;
  readonly trail: readonly Exchange[];
  /** Whether it is the session's state behind the exchange that shows it. */
  readonly ofState: boolean;
  /** The session's hosted page, where that is what shows it. */
  readonly page?: string;
}

/** Breaches of one cause. */
export interface Cause {
  breach: Breach;
  /** The case that saw it, as a replay names it. */
  origin: Origin;
  occurrences: number;
  readonly exchanges: Set<number>;
}

/** Where a breach was seen: the case, and for a property the path of its shrunk example. */
export interface Origin {
  readonly caseName: string;
  readonly path: string | null;
  readonly example: string | null;
}

interface Tally {
  checks: number;
  failures: number;
  readonly passedUnder: Map<Signature, number>;
  readonly failedUnder: Map<Signature, number>;
  readonly causes: Map<string, Cause>;
  reason: string | null;
  /** Broken while nothing else was under way. */
  brokenAlone: boolean;
}

export interface Outcome {
  readonly requirement: Requirement;
  readonly status: 'pass' | 'fail' | 'not-checked';
  readonly checks: number;
  readonly failures: number;
  readonly reason: string | null;
  readonly causes: readonly Cause[];
  /** What all failures have in common and no success has, say `accept: text/json`. */
  readonly conditions: readonly string[];
}

/** Why a requirement was not checked that the run did not come to. */
export const BROKE_OFF = 'The run ended before it.';

/** Where no answer ever comes, none of a declared status, or none but a refusal for want of a header, there is nothing else to tell. */
export const ALL_NEED: readonly string[] = ['answer.received', 'answer.status', 'client-id.optional'];

/** A requirement's causes beyond these are counted in the last one. */
const MOST_CAUSES = 4;
/** So many successes without a circumstance make it worth naming. */
const FEWEST_CONTRASTS = 3;

/** All circumstances of a check as one text, so that counting them is one step. */
type Signature = string;

const signatures = new WeakMap<Circumstances, Signature>();

/** No name and no value of a circumstance holds it. */
const BETWEEN = '\n';

function signatureOf(circumstances: Circumstances): Signature {
  const known = signatures.get(circumstances);
  if (known !== undefined) return known;
  const pairs = Object.entries(circumstances).map(([name, value]) => `${name}: ${value}`);
  const signature = pairs.join(BETWEEN);
  signatures.set(circumstances, signature);
  return signature;
}

function count(map: Map<Signature, number>, circumstances: Circumstances): void {
  const signature = signatureOf(circumstances);
  map.set(signature, (map.get(signature) ?? 0) + 1);
}

/** How often each single circumstance was given. */
function counted(map: ReadonlyMap<Signature, number>): Map<string, number> {
  const singly = new Map<string, number>();
  for (const [signature, times] of map)
    for (const key of signature === '' ? [] : signature.split(BETWEEN))
      singly.set(key, (singly.get(key) ?? 0) + times);
  return singly;
}

export class Ledger {
  readonly #tallies = new Map<string, Tally>();
  readonly #requirements: ReadonlyMap<string, Requirement>;

  /** @param selected which requirements decide; the others are not looked at */
  constructor(
    requirements: readonly Requirement[],
    readonly selected: (id: string) => boolean = () => true,
  ) {
    this.#requirements = new Map(requirements.map((requirement) => [requirement.id, requirement]));
  }

  #tally(id: string): Tally {
    let tally = this.#tallies.get(id);
    if (tally === undefined) {
      if (!this.#requirements.has(id)) throw new Error(`No requirement has the id ${id}.`);
      tally = {
        checks: 0,
        failures: 0,
        passedUnder: new Map(),
        failedUnder: new Map(),
        causes: new Map(),
        reason: null,
        brokenAlone: false,
      };
      this.#tallies.set(id, tally);
    }
    return tally;
  }

  /** A check that held. */
  held(id: string, circumstances: Circumstances): void {
    const tally = this.#tally(id);
    tally.checks += 1;
    count(tally.passedUnder, circumstances);
  }

  /** A check that did not hold; the breach becomes a finding when its trial ends. */
  broke(id: string, circumstances: Circumstances): void {
    const tally = this.#tally(id);
    tally.checks += 1;
    tally.failures += 1;
    count(tally.failedUnder, circumstances);
  }

  /** A breach as a finding; equal ones are one with a count, whatever else would have been right in their places. */
  find(breach: Breach, origin: Origin): void {
    const { causes } = this.#tally(breach.requirement);
    let key = breach.actual;
    if (!causes.has(key) && causes.size >= MOST_CAUSES) key = [...causes.keys()].at(-1) ?? key;
    const cause = causes.get(key) ?? { breach, origin, occurrences: 0, exchanges: new Set<number>() };
    cause.occurrences += 1;
    // Of what one property saw, its shrunk example tells most.
    if (cause.origin.caseName === origin.caseName && cause.origin.path === null && origin.path !== null)
      Object.assign(cause, { breach, origin });
    if (breach.exchange !== null) cause.exchanges.add(breach.exchange.number);
    causes.set(key, cause);
  }

  /** So far nothing was under way but the cases that are told alone. */
  endOfTellingAlone(): void {
    for (const { id, told } of this.#requirements.values()) {
      const tally = this.#tally(id);
      tally.brokenAlone = told === 'alone' && tally.failures > 0;
    }
  }

  /** Why whatever has not been checked by now will not be. */
  endEarly(): void {
    for (const id of this.#requirements.keys()) this.notChecked(id, BROKE_OFF);
  }

  /** Why a requirement could not be checked; the first reason stands. */
  notChecked(id: string, reason: string): void {
    this.#tally(id).reason ??= reason;
  }

  isBroken(id: string): boolean {
    return (this.#tallies.get(id)?.failures ?? 0) > 0;
  }

  /** All causes found so far. */
  findings(): Cause[] {
    return [...this.#tallies.values()].flatMap(({ causes }) => [...causes.values()]);
  }

  /** Why the first of these requirements that has a reason could not be checked. */
  reasonFor(ids: readonly string[]): string | null {
    return ids.map((id) => this.#tallies.get(id)?.reason ?? null).find((reason) => reason !== null) ?? null;
  }

  /** Requirements broken so far. */
  get broken(): string[] {
    return [...this.#tallies]
      .filter(([id, { failures }]) => failures > 0 && this.selected(id))
      .map(([id]) => id);
  }

  /** One outcome a requirement, in the order of the catalogue. */
  outcomes(): Outcome[] {
    return [...this.#requirements.values()].map((requirement) => {
      const tally = this.#tallies.get(requirement.id);
      const causes = [...(tally?.causes.values() ?? [])];
      const selected = this.selected(requirement.id);
      const unmet = tally !== undefined && tally.failures > 0 ? this.#unmet(requirement) : undefined;
      const checked = selected && tally !== undefined && tally.checks > 0 && unmet === undefined;
      return {
        requirement,
        status: !checked ? 'not-checked' : tally.failures > 0 ? 'fail' : 'pass',
        checks: checked ? tally.checks : 0,
        failures: checked ? tally.failures : 0,
        reason: checked ? null : this.#reason(requirement, selected, tally, unmet),
        causes: checked ? causes : [],
        conditions: checked ? conditions(tally) : [],
      };
    });
  }

  /** A need of the requirement that is broken as a whole, so that a failure may be none of the requirement's own. */
  #unmet({ id, needs }: Requirement): string | undefined {
    return [...ALL_NEED, ...needs].find(
      (need) => need !== id && this.selected(need) && this.#neverHeld(need),
    );
  }

  #neverHeld(id: string): boolean {
    const tally = this.#tallies.get(id);
    return (
      tally !== undefined && (tally.brokenAlone || (tally.failures > 0 && tally.failures === tally.checks))
    );
  }

  #reason(
    requirement: Requirement,
    selected: boolean,
    tally: Tally | undefined,
    unmet: string | undefined,
  ): string {
    if (requirement.unchecked !== undefined) return requirement.unchecked;
    if (!selected) return 'Left out by --only.';
    if (unmet !== undefined) return `It takes ${unmet}, which is broken.`;
    return tally?.reason ?? 'No check of it was made in this run.';
  }
}

function conditions({ checks, failures, passedUnder, failedUnder }: Tally): string[] {
  if (failures === 0 || checks - failures < FEWEST_CONTRASTS) return [];
  const passed = counted(passedUnder);
  return [...counted(failedUnder)]
    .filter(([key, failed]) => failed === failures && !passed.has(key))
    .map(([key]) => key);
}
