/** Judges a target: opens a run, tells the cases, looks once more at every session, and returns the verdict. */

import { request } from '@playwright/test';
import { Asking } from '../fixtures/asking.js';
import { type Depth, plans } from '../fixtures/depth.js';
import type { Exchange } from '../fixtures/exchange.js';
import { Run } from '../fixtures/run.js';
import { BrokeOff } from '../fixtures/stops.js';
import type { Target } from '../fixtures/target.js';
import type { Verdict } from '../reports/verdict.js';
import type { Contract } from '../spec/contract.js';
import { UserError } from '../spec/errors.js';
import { loadRequirements } from '../spec/requirements.js';
import { aftermath } from './aftermath.js';
import { judgeCase } from './case.js';
import { type Ending, verdictOf } from './conclusion.js';
import { allCases, type Case } from './gather.js';
import { preflight } from './preflight.js';
import { parseReplay, type Replay } from './replay.js';
import { casesFor, selectorOf } from './select.js';
import { judgeSilences } from './silences.js';

export interface Progress {
  readonly casesDone: number;
  readonly cases: number;
  readonly exchanges: number;
  readonly sessions: number;
  /** Requirements broken so far. */
  readonly broken: number;
  /** What is under way, in a few words. */
  readonly stage: string;
}

export interface JudgeOptions {
  readonly target: Target;
  readonly contract: Contract;
  readonly depth: Depth;
  readonly seed: number;
  readonly strict: boolean;
  /** Requirement ids or prefixes; none for all. */
  readonly only: readonly string[];
  /** Milliseconds for one exchange. */
  readonly timeoutMs: number;
  readonly concurrency: number;
  /** Requests a second at most. */
  readonly rate: number | null;
  /** A finding's replay string: only that case, and of a property only that example. */
  readonly replay: string | null;
  readonly onProgress?: (progress: Progress) => void;
  readonly onExchange?: (exchange: Exchange) => void;
  /** Aborted with an {@link Interruption} as reason. */
  readonly signal?: AbortSignal;
}

/** What a run is interrupted with. */
export interface Interruption {
  readonly signal: 'SIGINT' | 'SIGTERM';
}

/** Cases that are told at once. */
const SIDE_BY_SIDE = 4;
/** After an interruption sessions are cleaned up for no longer than this. */
const CLEAN_UP_MS = 4000;

/** @throws UserError where `only` or `replay` match nothing */
export async function judge(options: JudgeOptions): Promise<Verdict> {
  const startedAt = Date.now();
  const replay = options.replay === null ? null : parseReplay(options.replay);
  const requirements = loadRequirements();
  const selected = selectorOf(options.only, requirements);
  const cases = casesFor(await allCases(), selected, replay);
  const plan = plans[options.depth];
  const seed = replay?.seed ?? options.seed;
  const { timeoutMs, concurrency, rate } = options;
  const context = await request.newContext();
  let tick = () => {};
  const run = new Run(
    {
      target: options.target,
      contract: options.contract,
      requirements,
      manners: { timeoutMs, concurrency, rate, maxSessions: plan.maxSessions, patienceMs: plan.patienceMs },
      plan,
      seed,
      selected,
      onExchange: (exchange) => {
        options.onExchange?.(exchange);
        tick();
      },
    },
    context,
  );
  const stage = new Stage(run, cases.length, options.onProgress);
  tick = () => stage.tell();
  try {
    const ending = await tellAll(run, cases, replay, stage, options.signal);
    return verdictOf(run, { ...options, seed }, ending, startedAt);
  } finally {
    await run.close();
  }
}

/** What progress tells. */
class Stage {
  name = 'reaching the target';
  done = 0;

  constructor(
    readonly run: Run,
    readonly cases: number,
    readonly onProgress: JudgeOptions['onProgress'],
  ) {}

  tell(): void {
    this.onProgress?.({
      casesDone: this.done,
      cases: this.cases,
      exchanges: this.run.sender.count,
      sessions: this.run.sessions.made.length,
      broken: this.run.ledger.brokenCount,
      stage: this.name,
    });
  }
}

async function tellAll(
  run: Run,
  cases: readonly Case[],
  replay: Replay | null,
  stage: Stage,
  signal: AbortSignal | undefined,
): Promise<Ending> {
  const interrupted = new Promise<never>((_, reject) => {
    const stop = () => reject(new BrokeOff('It was interrupted.'));
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
  interrupted.catch(() => {});
  let brokeOff: string | null = null;
  const asking = new Asking();
  try {
    await Promise.race([interrupted, asking.during(() => tellCases(run, cases, replay, stage))]);
  } catch (error) {
    // A broken session command is the user's to mend; what was measured before it is kept all the same.
    if (!(error instanceof BrokeOff || error instanceof UserError)) throw error;
    brokeOff = error.message;
    asking.end(new BrokeOff(error.message));
    run.ledger.endEarly();
  }
  stage.name = 'looking at every session once more';
  stage.tell();
  run.sender.startAfresh();
  const left = await cleanUp(run, signal);
  judgeSilences(run);
  const interruption: unknown = signal?.aborted ? signal.reason : null;
  return { brokeOff, interruption: isInterruption(interruption) ? interruption : null, left };
}

function isInterruption(value: unknown): value is Interruption {
  return typeof value === 'object' && value !== null && 'signal' in value;
}

async function tellCases(
  run: Run,
  cases: readonly Case[],
  replay: Replay | null,
  stage: Stage,
): Promise<void> {
  await preflight(run);
  stage.name = 'asking';
  const tell = async ({ name, ids, body }: Case) => {
    await judgeCase(run, name, ids, body, replay?.counterexample ?? null);
    stage.done += 1;
  };
  const aloneIds = run.settings.requirements.filter(({ alone }) => alone).map(({ id }) => id);
  const isAlone = ({ ids: [first = ''] }: Case) => aloneIds.includes(first);
  for (const one of cases.filter(isAlone)) await tell(one);
  run.ledger.endOfTellingAlone();
  const waiting = cases.filter((one) => !isAlone(one));
  async function lane(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await tell(next);
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
}

/** @returns the ids of sessions that are left active */
async function cleanUp(run: Run, signal: AbortSignal | undefined): Promise<string[]> {
  const everything = aftermath(run, signal);
  const all = () => run.sessions.made.filter(({ state }) => state === 'active').map(({ id }) => id);
  if (signal === undefined) return everything;
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<string[]>((resolve) => {
    const start = () => {
      timer = setTimeout(() => resolve(all()), CLEAN_UP_MS);
    };
    if (signal.aborted) start();
    else signal.addEventListener('abort', start, { once: true });
  });
  try {
    return await Promise.race([everything, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
