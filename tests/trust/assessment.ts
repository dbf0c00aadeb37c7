/** What a kill matrix says of the harness: which faults fell and to what, and which variants were accused. */

import type { Requirement } from '../../spec/requirements.js';
import type { Subject } from './subjects.js';
import type { TrialResult } from './trial.js';

export interface Row {
  readonly subject: Subject;
  readonly results: readonly TrialResult[];
  /** Requirements of the fault that failed with every seed. */
  readonly caughtBy: readonly string[];
  /** Requirements that failed with some seed and are none that the subject breaks. */
  readonly beside: readonly string[];
  readonly outcome: Outcome;
}

export type Outcome = 'right' | 'uncaught' | 'unrelated' | 'accused' | 'seeds disagree';

export interface Assessment {
  readonly rows: readonly Row[];
  /** Checkable requirements that caught no fault. */
  readonly idle: readonly string[];
}

/** @param whole whether every fault was tried, so that a requirement without any can be told */
export function assess(
  results: readonly TrialResult[],
  requirements: readonly Requirement[],
  whole: boolean,
): Assessment {
  const levels = new Map(requirements.map(({ id, level }) => [id, level]));
  const bySubject = new Map<string, TrialResult[]>();
  for (const result of results) {
    const key = `${result.subject.kind} ${result.subject.id}`;
    bySubject.set(key, [...(bySubject.get(key) ?? []), result]);
  }
  const rows = [...bySubject.values()].map((of) => rowOf(of, levels));
  const caught = new Set(rows.flatMap(({ caughtBy }) => caughtBy));
  return {
    rows,
    idle: whole ? requirements.filter(({ id }) => !caught.has(id)).map(({ id }) => id) : [],
  };
}

export const wrongRows = ({ rows }: Assessment): Row[] => rows.filter(({ outcome }) => outcome !== 'right');

function rowOf(results: readonly TrialResult[], levels: ReadonlyMap<string, string>): Row {
  const [first] = results;
  if (first === undefined) throw new Error('A row without results.');
  const { subject } = first;
  const known = [...subject.breaks, ...subject.disregards];
  const beside = [...new Set(results.flatMap(({ failed }) => failed.filter((id) => !known.includes(id))))];
  const caughtBy = subject.breaks.filter((id) => results.every(({ failed }) => failed.includes(id)));
  return { subject, results, caughtBy, beside, outcome: outcomeOf(subject, results, levels) };
}

export function outcomeOf(
  subject: Subject,
  results: readonly TrialResult[],
  levels: ReadonlyMap<string, string>,
): Outcome {
  if (subject.kind !== 'fault') {
    const clean = results.every(
      ({ verdict, failed }) =>
        verdict === 'conformant' && failed.every((id) => subject.disregards.includes(id)),
    );
    return clean ? 'right' : 'accused';
  }
  const decides = subject.breaks.some((id) => levels.get(id) === 'must');
  const caught = results.filter(
    ({ failed, verdict, endedEarly }) =>
      subject.breaks.some((id) => failed.includes(id)) &&
      (!decides || endedEarly || verdict === 'nonconformant'),
  );
  if (caught.length === results.length) return 'right';
  if (caught.length > 0) return 'seeds disagree';
  return results.every(({ failed }) => failed.length > 0) ? 'unrelated' : 'uncaught';
}
