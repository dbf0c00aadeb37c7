/** Judges a target: opens a run, tells the cases, looks once more at every session, and returns the verdict. */

import { type Browser, request } from '@playwright/test';
import { Asking } from '../fixtures/asking.js';
import { type Depth, type Plan, plans } from '../fixtures/depth.js';
import type { Exchange } from '../fixtures/exchange.js';
import { Run } from '../fixtures/run.js';
import { BrokeOff } from '../fixtures/stops.js';
import type { Target } from '../fixtures/target.js';
import { Observing, showingOf } from '../observations/observing.js';
import { type RecordedExchange, recordedExchange } from '../reports/shown.js';
import type { Verdict } from '../reports/verdict.js';
import type { Contract } from '../spec/contract.js';
import { ownFault, UserError } from '../spec/errors.js';
import { loadRequirements } from '../spec/requirements.js';
import { aftermath } from './aftermath.js';
import { judgeCase, type Share } from './case.js';
import { type Ending, verdictOf, withoutSessions } from './conclusion.js';
import { Cutoff } from './cutoff.js';
import { allCases, type Case } from './gather.js';
import { Measuring } from './measuring.js';
import { judgeDetails, judgeSilences } from './now-and-then.js';
import { preflight } from './preflight.js';
import { type Progress, Stage } from './progress.js';
import { parseReplay, type Replay } from './replay.js';
import { Retention } from './retention.js';
import { casesFor, selectorOf } from './select.js';
import { SIDE_BY_SIDE, turnsOf, wavesOf } from './turns.js';
import type { Waiver } from './waivers.js';

export interface JudgeOptions {
  readonly target: Target;
  readonly contract: Contract;
  readonly depth: Depth;
  readonly seed: number;
  readonly strict: boolean;
  /** Requirement ids or prefixes; none for all. */
  readonly only: readonly string[];
  /** Runs of each property; those of the depth where left out. */
  readonly runs?: number;
  /** Sessions made at most; as many as the depth says where left out. */
  readonly maxSessions?: number;
  /** Milliseconds behind which nothing more is asked. */
  readonly maxDurationMs?: number;
  /** Milliseconds for one exchange. */
  readonly timeoutMs: number;
  readonly concurrency: number;
  /** Requests a second at most. */
  readonly rate: number | null;
  /** A finding's replay string: only that case, and of a property only that example. */
  readonly replay: string | null;
  /** Known deviations, which do not decide. */
  readonly waivers?: readonly Waiver[];
  readonly onProgress?: (progress: Progress) => void;
  /** Told of every exchange as it ends; `mask` takes the secrets out of a text. */
  readonly onExchange?: (exchange: Exchange, mask: (text: string) => string) => void;
  /** Handed some of the exchanges at the end: the first, the last, and those of findings; without a secret. */
  readonly onRecorded?: (exchanges: readonly RecordedExchange[]) => void;
  /** Aborted with an {@link Interruption} as reason. */
  readonly signal?: AbortSignal;
  /** Opens the hosted page; where left out, Chromium is launched when it is needed. */
  readonly browser?: Browser;
}

/** What a run is interrupted with. */
export interface Interruption {
  readonly signal: 'SIGINT' | 'SIGTERM';
}

/** Of sessions that may be made one in so many is kept for checks that leave it as it is. */
const LEAST_FOR_CANCELS = 5;
/** So few need no sessions in advance. */
const FEW_CASES = 16;
/** After an interruption sessions are cleaned up for no longer than this. */
const CLEAN_UP_MS = 4000;

/** A race may come out well by chance: a replay of one believes it after so many. */
const RACES_OF_A_REPLAY = 10;

/** @throws UserError where `only` or `replay` match nothing */
export async function judge(options: JudgeOptions): Promise<Verdict> {
  const startedAt = Date.now();
  const replay = options.replay === null ? null : parseReplay(options.replay);
  const requirements = loadRequirements();
  const selected = selectorOf(options.only, requirements);
  const all = await allCases();
  const cases = casesFor(all, selected, replay);
  const isWhole = cases.length === all.length;
  const plan = planOf(options, replay);
  const seed = replay?.seed ?? options.seed;
  const { timeoutMs, concurrency, rate } = options;
  const context = await request.newContext();
  const measuring = new Measuring(startedAt);
  const observing = new Observing();
  const retention = new Retention();
  let tick = () => {};
  const run = new Run(
    {
      target: options.target,
      contract: options.contract,
      requirements,
      limits: { timeoutMs, concurrency, rate, maxSessions: plan.maxSessions, patienceMs: plan.patienceMs },
      plan,
      // A few cases make what they need by themselves.
      stock: { ...plan.stock, size: cases.length < FEW_CASES ? 0 : plan.stock.size },
      seed,
      selected,
      browser: options.browser,
      onExchange: (exchange) => {
        measuring.note(exchange);
        observing.note(exchange);
        retention.note(exchange);
        options.onExchange?.(exchange, (text) => run.secrets.mask(text));
        tick();
      },
    },
    context,
  );
  const stage = new Stage(run, cases.length, isWhole, options.onProgress);
  tick = () => stage.tell();
  try {
    const ending = await tellAll(run, cases, replay, stage, options);
    options.onRecorded?.(recorded(run, retention));
    return {
      ...verdictOf(run, { ...options, seed }, ending, startedAt, casesOf(cases)),
      observations: observing.told(showingOf(run)),
      measurements: measuring.told(),
    };
  } finally {
    await run.close();
  }
}

function planOf({ depth, runs, maxSessions, only }: JudgeOptions, replay: Replay | null): Plan {
  const plan = plans[depth];
  const asked = replay === null ? only : [replay.caseName];
  return {
    ...plan,
    opensPage: plan.opensPage || asked.some((name) => /^page\b/.test(name)),
    ...(runs !== undefined && { runs, usualExchanges: (plan.usualExchanges * runs) / plan.runs }),
    ...(maxSessions !== undefined && {
      maxSessions,
      stock: { ...plan.stock, size: Math.min(plan.stock.size, Math.floor(maxSessions / LEAST_FOR_CANCELS)) },
    }),
  };
}

function recorded(run: Run, retention: Retention): RecordedExchange[] {
  const ofFindings = run.ledger
    .findings()
    .flatMap(({ breach }) => [...breach.trail, ...(breach.exchange === null ? [] : [breach.exchange])])
    .filter(({ isOutline }) => !isOutline);
  return retention.with(ofFindings).map((exchange) => recordedExchange(exchange, run.origin, run.secrets));
}

/** @returns the names of the cases that verify a requirement */
function casesOf(cases: readonly Case[]): (id: string) => readonly string[] {
  return (wanted) => cases.filter(({ ids }) => ids.includes(wanted)).map(({ name }) => name);
}

async function tellAll(
  run: Run,
  cases: readonly Case[],
  replay: Replay | null,
  stage: Stage,
  { signal, maxDurationMs }: JudgeOptions,
): Promise<Ending> {
  const cutoff = new Cutoff(signal, maxDurationMs);
  let brokeOff: string | null = null;
  const asking = new Asking();
  try {
    await Promise.race([cutoff.reached, asking.during(() => tellCases(run, cases, replay, stage))]);
    brokeOff = withoutSessions(run);
  } catch (error) {
    // Whosever fault it is, what was measured before it is kept.
    brokeOff = reasonOf(error);
    asking.end(new BrokeOff(brokeOff));
    run.ledger.endEarly();
  } finally {
    cutoff.close();
  }
  stage.name = 'looking at every session once more';
  stage.tell();
  run.sender.startAfresh();
  const left = await cleanUp(run, signal).catch((error: unknown) => {
    brokeOff ??= reasonOf(error);
    return activeIn(run);
  });
  judgeSilences(run);
  judgeDetails(run);
  const interruption: unknown = signal?.aborted ? signal.reason : null;
  const { outOfTime } = cutoff;
  return { brokeOff, outOfTime, interruption: isInterruption(interruption) ? interruption : null, left };
}

function reasonOf(error: unknown): string {
  return error instanceof BrokeOff || error instanceof UserError ? error.message : ownFault(error);
}

export function isInterruption(value: unknown): value is Interruption {
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
  const tell = async ({ name, ids, body }: Case, share: Share) => {
    let timesLeft = replay !== null && ids.includes('cancel.concurrent') ? RACES_OF_A_REPLAY : 1;
    do {
      await judgeCase(run, name, ids, body, replay?.counterexample ?? null, share);
      timesLeft -= 1;
    } while (timesLeft > 0 && run.ledger.broken.length === 0);
    stage.done += 1;
  };
  const { alone, beside, inTurn } = turnsOf(cases, run.settings.requirements);
  const { lanes } = run.settings.plan;
  for (const one of alone) await tell(one, { sessions: run.sessions.left, lanes });
  run.ledger.endOfTellingAlone();
  await run.idle.fillStock();
  const waiting = Promise.all(beside.map((one) => tell(one, { sessions: run.sessions.left, lanes })));
  waiting.catch(() => {});
  // Each is promised its share of what is left to make, so that what it asks does not hang on how fast the others are.
  const waves = wavesOf(inTurn);
  for (const [i, wave] of waves.entries()) {
    // The last one uses what the cases beside leave as well: tokens that have ended.
    if (i === waves.length - 1) await waiting;
    const share = {
      sessions: shareOf(run, wave.length, waves.slice(i).flat().length),
      lanes: Math.floor((SIDE_BY_SIDE * lanes) / wave.length),
    };
    await Promise.all(wave.map((one) => tell(one, share)));
  }
  await waiting;
}

/** So many times its equal share a case may take where it needs sessions all the time. */
const MANY_SHARES = 2;

/**
 * How many sessions each of some cases may make. Most make none, so that each may take what these few leave to each other;
 * where all need new ones all the time, something is kept for those behind.
 */
function shareOf({ sessions: { left }, idle }: Run, cases: number, withThoseBehind: number): number {
  const most = idle.fleeting ? Math.ceil((MANY_SHARES * left) / withThoseBehind) : left;
  const share = Math.min(most, Math.floor(left / cases));
  return share > 0 ? share : Math.min(1, left);
}

function activeIn({ sessions }: Run): string[] {
  return sessions.made.filter(({ state }) => state === 'active').map(({ id }) => id);
}

/** @returns the ids of sessions that are left active */
async function cleanUp(run: Run, signal: AbortSignal | undefined): Promise<string[]> {
  const everything = aftermath(run, signal);
  if (signal === undefined) return everything;
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<string[]>((resolve) => {
    const start = () => {
      timer = setTimeout(() => resolve(activeIn(run)), CLEAN_UP_MS);
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
