/** Concludes: from what the ledger holds and how the run ended to the verdict. */

import type { Depth } from '../fixtures/depth.js';
import type { Breach, Cause, Outcome } from '../fixtures/ledger.js';
import type { Run } from '../fixtures/run.js';
import type { Target } from '../fixtures/target.js';
import { script } from '../reports/script.js';
import { shownExchange, trailStep } from '../reports/shown.js';
import type { Finding, TrailStep, Verdict, VerdictRequirement, VerdictWaiver } from '../reports/verdict.js';
import type { Contract } from '../spec/contract.js';
import { BROKE_OFF, LEFT_OUT } from '../spec/reasons.js';
import { sourceText } from '../spec/requirements.js';
import { readTool } from '../spec/tool.js';
import { INTERRUPTED } from './exit-status.js';
import { replayString } from './replay.js';
import { judgedWaivers, type Waiver, waiverFor } from './waivers.js';

/** How a run ended. */
export interface Ending {
  /** Why it did not get to its end; null where it did. */
  readonly brokeOff: string | null;
  /** Whether that was the time that the user gave it. */
  readonly outOfTime: boolean;
  readonly interruption: { readonly signal: 'SIGINT' | 'SIGTERM' } | null;
  /** Sessions that could not be cleaned up. */
  readonly left: readonly string[];
}

interface Circumstances {
  readonly seed: number;
  readonly depth: Depth;
  readonly strict: boolean;
}

/** How the reason of a run begins that asked and learnt nothing. */
export const NOTHING_CHECKED = 'Nothing could be checked.';

/** @param startedAt milliseconds since the epoch */
export function verdictOf(
  run: Run,
  { seed, depth, strict, waivers = [] }: Circumstances & { readonly waivers?: readonly Waiver[] },
  ending: Ending,
  startedAt: number,
  casesOf: (requirement: string) => readonly string[],
): Verdict {
  const outcomes = run.ledger.outcomes();
  const { target, contract } = run.settings;
  const finishedAt = Date.now();
  const waived = judgedWaivers(waivers, outcomes, target.url, finishedAt);
  return {
    schemaVersion: 1,
    ...decision(
      outcomes.map((outcome) =>
        waiverFor(outcome.requirement.id, waived) ? { ...outcome, status: 'pass' } : outcome,
      ),
      ending,
      strict,
    ),
    target: shownTarget(target),
    contract: { title: contract.title, version: contract.version, sha256: contract.sha256 },
    tool: readTool(),
    seed,
    depth,
    strict,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    durationMs: finishedAt - startedAt,
    exchanges: run.sender.count,
    usage: {
      sessions: run.sessions.made.length,
      tokens: run.tokens.issued,
      throttled: run.sender.throttled,
      leftActive: ending.left,
    },
    requirements: outcomes.map((outcome) => requirementOf(outcome, casesOf(outcome.requirement.id), waived)),
    waivers: waived,
    observations: [],
    ...(run.hostedPage.views.length > 0 && { pages: run.hostedPage.views }),
    findings: outcomes.flatMap((outcome) =>
      outcome.causes.map((cause) => findingOf(run, outcome, cause, seed)),
    ),
  };
}

/** What was judged without a session says little of the service, unless something was broken. */
export function withoutSessions({ sessions: { without } }: Run): string | null {
  return without === null
    ? null
    : `Only what needs no session was judged. ${without} CONFORMANCE_SESSION_COMMAND can supply some.`;
}

/** What stands in the report directory while a run is under way, and should it be killed. */
export function unfinishedVerdict({
  target,
  contract,
  seed,
  depth,
  strict,
}: Circumstances & { readonly target: Target; readonly contract: Contract }): Verdict {
  const now = new Date().toISOString();
  const { title, version, sha256 } = contract;
  return {
    schemaVersion: 1,
    verdict: 'inconclusive',
    exitCode: 2,
    reason: 'The run did not finish.',
    target: shownTarget(target),
    contract: { title, version, sha256 },
    tool: readTool(),
    seed,
    depth,
    strict,
    startedAt: now,
    finishedAt: now,
    durationMs: 0,
    exchanges: 0,
    usage: { sessions: 0, tokens: 0, throttled: 0, leftActive: [] },
    requirements: [],
    waivers: [],
    observations: [],
    findings: [],
  };
}

function shownTarget({ url, embedded, connection }: Target): Verdict['target'] {
  return { url, embedded, insecure: connection?.insecure ?? false };
}

/** A must that was found broken decides, also where the run then broke off; an interruption decides before all. */
function decision(
  outcomes: readonly Outcome[],
  { brokeOff, outOfTime, interruption }: Ending,
  strict: boolean,
): Pick<Verdict, 'verdict' | 'exitCode' | 'reason'> {
  if (interruption !== null) {
    return {
      verdict: 'inconclusive',
      exitCode: INTERRUPTED[interruption.signal],
      reason: 'The run was interrupted.',
    };
  }
  const decides = ({ requirement }: Outcome) => strict || requirement.level === 'must';
  if (outcomes.some((outcome) => outcome.status === 'fail' && decides(outcome))) {
    return { verdict: 'nonconformant', exitCode: 1, reason: brokeOff };
  }
  const missed = outcomes.some((outcome) => outcome.reason === BROKE_OFF && decides(outcome));
  if (brokeOff !== null && (missed || !outOfTime))
    return { verdict: 'inconclusive', exitCode: 2, reason: brokeOff };
  if (outcomes.every(({ status }) => status === 'not-checked')) {
    const selected = outcomes.filter((outcome) => outcome.reason !== LEFT_OUT);
    const checkable = selected.find((outcome) => outcome.requirement.unchecked === undefined);
    const reason = (checkable ?? selected[0])?.reason ?? '';
    return { verdict: 'inconclusive', exitCode: 2, reason: `${NOTHING_CHECKED} ${reason}`.trim() };
  }
  return { verdict: 'conformant', exitCode: 0, reason: brokeOff };
}

/** A requirement as the verdict tells it. */
export function requirementOf(
  { requirement, status, checks, failures, reason }: Outcome,
  cases: readonly string[],
  waivers: readonly VerdictWaiver[],
): VerdictRequirement {
  const { id, level, statement } = requirement;
  const common = { id, level, statement, source: sourceText(requirement), checks, failures, cases };
  const waiver = status === 'fail' ? waivers.find((one) => one.requirement === id) : undefined;
  if (waiver === undefined) return { ...common, status, reason };
  const { state, expires } = waiver;
  return state === 'in force'
    ? { ...common, status: 'waived', reason: `Waived until ${expires} (${waiver.owner}): ${waiver.reason}` }
    : { ...common, status, reason: `Its waiver expired on ${expires} (${waiver.owner}).` };
}

function findingOf(run: Run, { requirement, conditions }: Outcome, cause: Cause, seed: number): Finding {
  const { breach, origin, occurrences } = cause;
  const { exchange } = breach;
  const mask = (text: string) => run.secrets.mask(text);
  const under = conditions.length === 0 ? '' : ` (only with ${conditions.join(', ')})`;
  return {
    requirement: requirement.id,
    level: requirement.level,
    message: mask(`${requirement.statement} Expected ${breach.expected}; got ${breach.actual}${under}.`),
    expected: mask(breach.expected),
    actual: mask(breach.actual),
    conditions,
    example: origin.example === null ? null : mask(origin.example),
    occurrences,
    curl: exchange === null ? null : script(breach.trail, exchange, breach, run),
    replay: replayString(seed, origin),
    exchange: exchange === null ? null : shownExchange(exchange, run.origin, run.secrets),
    pointer: breach.pointer ?? null,
    trail: trailOf(run, breach),
  };
}

/** What led to a breach and what ran beside it, in the order of sending; nothing where the exchange says it all. */
function trailOf(run: Run, { exchange, trail }: Breach): TrailStep[] {
  if (trail.length === 0) return [];
  const all = exchange === null ? [...trail] : [...trail, exchange];
  return all
    .sort((a, b) => a.number - b.number)
    .map((step) => trailStep(step, step === exchange, run.secrets));
}
