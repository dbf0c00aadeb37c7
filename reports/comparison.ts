/** Compares two verdicts: which requirements differ, and which free choices. */

import type { Operation } from '../fixtures/exchange.js';
import { UserError } from '../spec/errors.js';
import type { Level } from '../spec/requirements.js';
import {
  isProxied,
  type Observation,
  type ShownExchange,
  type Verdict,
  type VerdictRequirement,
} from './verdict.js';

type Status = VerdictRequirement['status'];

/** What both sides say of one thing. */
interface Pair<T> {
  readonly a: T;
  readonly b: T;
}

interface RequirementDifference extends Pair<Status> {
  readonly id: string;
  readonly level: Level;
  readonly statement: string;
}

interface ChoiceDifference extends Pair<string> {
  readonly id: string;
  readonly question: string;
  readonly examples: Pair<ShownExchange | null>;
}

/** Median response times of one operation and status, in milliseconds. They are shown, and are never a difference. */
export interface TimesBeside extends Pair<number | null> {
  readonly operation: Operation;
  readonly status: number | null;
}

/** A side in a few words. */
export type Side = Pick<Verdict, 'target' | 'verdict' | 'seed' | 'depth' | 'finishedAt' | 'usage'>;

export interface Comparison extends Pair<Side> {
  readonly same: boolean;
  readonly requirements: readonly RequirementDifference[];
  readonly choices: readonly ChoiceDifference[];
  /** How many requirements and choices both sides know. */
  readonly compared: { readonly requirements: number; readonly choices: number };
  /** Ids that one side alone checked or observed, so that nothing can be said of them. */
  readonly onlyInA: readonly string[];
  readonly onlyInB: readonly string[];
  readonly times: readonly TimesBeside[];
  /** What makes the comparison less sure, in sentences. */
  readonly notes: readonly string[];
}

/** @throws UserError where nothing can be said, since one side was not judged to its end or knows no choices */
export function compareVerdicts(a: Verdict, b: Verdict): Comparison {
  for (const [name, verdict] of [['A', a] as const, ['B', b] as const]) assertComparable(name, verdict);
  const requirements = requirementPairs(a, b);
  const choices = choicePairs(a, b);
  const differing = requirements.filter((one) => isBroken(one.a) !== isBroken(one.b));
  const chosen = choices.filter((one) => one.a !== one.b);
  return {
    same: differing.length === 0 && chosen.length === 0,
    a: sideOf(a),
    b: sideOf(b),
    requirements: differing,
    choices: chosen,
    compared: { requirements: requirements.length, choices: choices.length },
    onlyInA: onlyIn(a, b),
    onlyInB: onlyIn(b, a),
    times: timesBeside(a, b),
    notes: notes(a, b),
  };
}

function assertComparable(name: string, compared: Verdict): void {
  const { verdict, reason, observations, target } = compared;
  if (isProxied(compared))
    throw new UserError(
      `${name} (${target.url}) is of traffic through proxy, in which a service shows few of its choices.`,
      'Judge the service itself with run, and compare that.',
    );
  if (verdict === 'inconclusive')
    throw new UserError(
      `${name} (${target.url}) could not be judged: ${reason ?? 'no reason is known.'}`,
      'Judge it again, and compare then.',
    );
  if (observations.length === 0)
    throw new UserError(
      `${name} (${target.url}) holds no observations.`,
      'An older version or --only left them out; judge it again.',
    );
}

function sideOf({ target, verdict, seed, depth, finishedAt, usage }: Verdict): Side {
  return { target, verdict, seed, depth, finishedAt, usage };
}

/** A waived failure is one all the same. */
const isBroken = (status: Status): boolean => status === 'fail' || status === 'waived';

const isChecked = ({ status }: VerdictRequirement): boolean => status !== 'not-checked';

function requirementPairs(a: Verdict, b: Verdict): RequirementDifference[] {
  const others = new Map(b.requirements.filter(isChecked).map((one) => [one.id, one]));
  return a.requirements.filter(isChecked).flatMap(({ id, level, statement, status }) => {
    const other = others.get(id);
    return other === undefined ? [] : [{ id, level, statement, a: status, b: other.status }];
  });
}

function choicePairs(a: Verdict, b: Verdict): ChoiceDifference[] {
  const others = new Map(b.observations.map((one) => [one.id, one]));
  return a.observations.flatMap((one) => {
    const other = others.get(one.id);
    if (other === undefined) return [];
    const { id, question = id, value } = one;
    const examples = { a: exampleOf(one, a), b: exampleOf(other, b) };
    return [{ id, question, a: value, b: other.value, examples }];
  });
}

/** A part is shown by the example of its whole. */
function exampleOf({ id, example }: Observation, { observations }: Verdict): ShownExchange | null {
  return example ?? observations.find((one) => one.id === wholeOf(id))?.example ?? null;
}

/** @example wholeOf('headers.401/date') // 'headers.401' */
const wholeOf = (id: string): string => id.split('/', 1).join();

/** Parts are left out: a whole that both know says which parts it has. */
function onlyIn(one: Verdict, other: Verdict): string[] {
  const checked = new Set(other.requirements.filter(isChecked).map(({ id }) => id));
  const observed = new Set(other.observations.map(({ id }) => id));
  return [
    ...one.requirements.filter((own) => isChecked(own) && !checked.has(own.id)).map(({ id }) => id),
    ...one.observations.filter(({ id }) => !id.includes('/') && !observed.has(id)).map(({ id }) => id),
  ];
}

function timesBeside(a: Verdict, b: Verdict): TimesBeside[] {
  const all = [...(a.measurements?.responseTimes ?? []), ...(b.measurements?.responseTimes ?? [])];
  const keys = new Map(all.map(({ operation, status }) => [`${operation} ${status}`, { operation, status }]));
  const median = ({ measurements }: Verdict, operation: Operation, status: number | null) =>
    measurements?.responseTimes.find((one) => one.operation === operation && one.status === status)
      ?.medianMs ?? null;
  return [...keys.values()].map(({ operation, status }) => ({
    operation,
    status,
    a: median(a, operation, status),
    b: median(b, operation, status),
  }));
}

function notes(a: Verdict, b: Verdict): string[] {
  return [
    ...(a.seed === b.seed && a.depth === b.depth
      ? []
      : [
          'They were asked different questions (another seed or depth); what was asked of one alone is not compared.',
        ]),
    ...(a.contract.sha256 === b.contract.sha256
      ? []
      : ['They were judged by different revisions of the contract.']),
    ...(a.tool.version === b.tool.version
      ? []
      : [`They were judged by different versions, ${a.tool.version} and ${b.tool.version}.`]),
  ];
}
