/** How a requirement's status looks: a sign and a word, so that colour alone says nothing. */

import type { VerdictRequirement } from '../verdict.js';

export type Status = VerdictRequirement['status'];

export const STATUSES: readonly Status[] = ['fail', 'waived', 'pass', 'not-checked'];

const LOOKS: Readonly<Record<Status, { readonly sign: string; readonly word: string }>> = {
  fail: { sign: '✗', word: 'broken' },
  waived: { sign: '~', word: 'waived' },
  pass: { sign: '✓', word: 'held' },
  'not-checked': { sign: '–', word: 'not checked' },
};

export const signOf = (status: Status) => LOOKS[status].sign;
export const wordFor = (status: Status) => LOOKS[status].word;

export function StatusBadge({ status }: { readonly status: Status }) {
  return (
    <span class={`status ${status}`}>
      <span aria-hidden="true">{signOf(status)}</span> {wordFor(status)}
    </span>
  );
}

export function LevelBadge({ level }: { readonly level: VerdictRequirement['level'] }) {
  return <span class={`level ${level}`}>{level}</span>;
}
