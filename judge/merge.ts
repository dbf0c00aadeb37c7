/** Merges the verdicts of a run that was split over workers or machines into one. */

import { unmetNeed } from '../fixtures/ledger.js';
import { mergeObservations } from '../observations/merge.js';
import { mergeMeasurements } from '../reports/merge-measurements.js';
import type { Finding, Verdict, VerdictRequirement } from '../reports/verdict.js';
import { UserError } from '../spec/errors.js';
import { BROKE_OFF, NO_CHECK_MADE, takes } from '../spec/reasons.js';
import { loadRequirements } from '../spec/requirements.js';
import { NOTHING_CHECKED } from './conclusion.js';

/**
 * @param parts one at least
 * @throws UserError where they are parts of different runs
 */
export function mergeVerdicts(parts: readonly Verdict[]): Verdict {
  const [first, ...others] = parts;
  if (first === undefined) throw new Error('There is a part at least.');
  for (const other of others) assertSameRun(first, other);
  const met = withNeeds(mergeRequirements(parts));
  const findings = mergeFindings(parts).filter(
    ({ requirement }) => met.find(({ id }) => id === requirement)?.status !== 'not-checked',
  );
  const startedAt = earliest(parts.map((part) => part.startedAt));
  const finishedAt = latest(parts.map((part) => part.finishedAt));
  const measured = parts.flatMap(({ startedAt: began, measurements }) =>
    measurements === undefined ? [] : [{ startedAt: Date.parse(began), measurements }],
  );
  const pages = new Map(parts.flatMap((part) => part.pages ?? []).map((view) => [view.title, view]));
  return {
    ...first,
    ...decision(parts, met, first.strict),
    startedAt,
    finishedAt,
    durationMs: Date.parse(finishedAt) - Date.parse(startedAt),
    exchanges: sum(parts, ({ exchanges }) => exchanges),
    usage: {
      sessions: sum(parts, ({ usage }) => usage.sessions),
      tokens: sum(parts, ({ usage }) => usage.tokens),
      throttled: sum(parts, ({ usage }) => usage.throttled),
      leftActive: parts.flatMap(({ usage }) => usage.leftActive),
    },
    requirements: met,
    observations: mergeObservations(parts.map(({ observations }) => observations)),
    findings,
    ...(pages.size === 0 ? {} : { pages: [...pages.values()] }),
    ...(measured.length === 0 ? {} : { measurements: mergeMeasurements(measured) }),
  };
}

function assertSameRun(one: Verdict, other: Verdict): void {
  const differs = (
    [
      ['target', ({ target }: Verdict) => (target.embedded ? 'the embedded mock' : target.url)],
      ['contract', ({ contract }: Verdict) => contract.sha256],
      ['version', ({ tool }: Verdict) => tool.version],
      ['seed', ({ seed }: Verdict) => seed],
      ['depth', ({ depth }: Verdict) => depth],
      ['--strict', ({ strict }: Verdict) => strict],
    ] as const
  ).find(([, part]) => part(one) !== part(other));
  if (differs === undefined) return;
  const [name, part] = differs;
  throw new UserError(
    `These are parts of different runs: their ${name} differs (${part(one)}, ${part(other)}).`,
    'Merge what one run, split by --shard, has written.',
  );
}

/** In the order of the part that names most of them: they are all of one catalogue. */
function mergeRequirements(parts: readonly Verdict[]): VerdictRequirement[] {
  const fullest = parts.toSorted((a, b) => b.requirements.length - a.requirements.length)[0];
  return (fullest?.requirements ?? []).map(({ id }) => {
    const own = parts.flatMap(({ requirements }) => requirements.filter((one) => one.id === id));
    return mergeRequirement(own);
  });
}

const WORST_FIRST = ['fail', 'waived', 'pass', 'not-checked'] as const;

function mergeRequirement(own: readonly VerdictRequirement[]): VerdictRequirement {
  const status = WORST_FIRST.find((wanted) => own.some((one) => one.status === wanted)) ?? 'not-checked';
  const telling = own.find((one) => one.status === status) ?? own[0];
  if (telling === undefined) throw new Error('A requirement stands in one part at least.');
  const reasons = own.map(({ reason }) => reason).filter((reason) => reason !== null);
  const cases = [...new Set(own.flatMap((one) => one.cases ?? []))];
  return {
    ...telling,
    status,
    checks: sum(own, ({ checks }) => checks),
    failures: sum(own, ({ failures }) => failures),
    reason: status === 'pass' || status === 'fail' ? null : (reasons.find(isTelling) ?? reasons[0] ?? null),
    cases,
  };
}

/** That another part asks a case is no reason why the run did not. */
function isTelling(reason: string): boolean {
  return reason !== NO_CHECK_MADE && reason !== BROKE_OFF;
}

/** What rests on a requirement that never held in any part is none of the service's own faults. */
function withNeeds(requirements: readonly VerdictRequirement[]): VerdictRequirement[] {
  const needs = new Map(loadRequirements().map((requirement) => [requirement.id, requirement.needs]));
  const neverHeld = new Set(
    requirements.filter(({ checks, failures }) => failures > 0 && failures === checks).map(({ id }) => id),
  );
  return requirements.map((requirement) => {
    if (requirement.status !== 'fail') return requirement;
    const { id } = requirement;
    const unmet = unmetNeed({ id, needs: needs.get(id) ?? [] }, (need) => neverHeld.has(need));
    if (unmet === undefined) return requirement;
    return { ...requirement, status: 'not-checked', checks: 0, failures: 0, reason: takes(unmet) };
  });
}

/** Equal ones are one finding with a count. */
function mergeFindings(parts: readonly Verdict[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const finding of parts.flatMap(({ findings }) => findings)) {
    const key = `${finding.requirement} ${finding.actual}`;
    const known = merged.get(key);
    const occurrences = (known?.occurrences ?? 0) + finding.occurrences;
    const both = known?.conditions.filter((condition) => finding.conditions.includes(condition));
    merged.set(key, { ...(known ?? finding), occurrences, conditions: both ?? finding.conditions });
  }
  return [...merged.values()];
}

/** As for one run: an interruption before all, then what is broken, then what broke off. */
function decision(
  parts: readonly Verdict[],
  requirements: readonly VerdictRequirement[],
  strict: boolean,
): Pick<Verdict, 'verdict' | 'exitCode' | 'reason'> {
  const interrupted = parts.find(({ exitCode }) => exitCode > 2);
  if (interrupted !== undefined)
    return { verdict: 'inconclusive', exitCode: interrupted.exitCode, reason: interrupted.reason };
  // A part that had nothing to check says nothing of the whole.
  const reasons = parts
    .map(({ reason }) => reason)
    .filter((reason) => reason !== null && !reason.startsWith(NOTHING_CHECKED));
  const reason = reasons[0] ?? null;
  const broken = requirements.some(({ status, level }) => status === 'fail' && (strict || level === 'must'));
  if (broken) return { verdict: 'nonconformant', exitCode: 1, reason };
  if (reason !== null) return { verdict: 'inconclusive', exitCode: 2, reason };
  if (requirements.every(({ status }) => status === 'not-checked'))
    return { verdict: 'inconclusive', exitCode: 2, reason: parts[0]?.reason ?? NOTHING_CHECKED };
  return { verdict: 'conformant', exitCode: 0, reason: null };
}

function sum<T>(items: readonly T[], part: (item: T) => number): number {
  return items.reduce((total, item) => total + part(item), 0);
}

const earliest = (times: readonly string[]) =>
  times.reduce((a, b) => (Date.parse(b) < Date.parse(a) ? b : a));
const latest = (times: readonly string[]) => times.reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a));
