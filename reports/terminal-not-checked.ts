/** The part of the summary that says what was not checked, and what it would take. */

import type { Page } from './terminal-page.js';
import { counted, labelled, plain, wrap } from './terminal-text.js';
import { NOT_PLAYED, NOT_SHOWN, type Verdict, type VerdictRequirement } from './verdict.js';

/** Reasons that the user knows already: counted, and not listed. */
const KNOWN: Readonly<Record<string, string>> = {
  'Left out by --only.': 'left out by --only',
  'The run ended before it.': 'not reached before the run ended',
  [NOT_SHOWN]: 'that only cancel-conformance run can ask for',
  [NOT_PLAYED]: 'of scenarios that were not played (--scenario all)',
};

export function notChecked({ requirements }: Verdict, { width, ink }: Page): string[][] {
  const open = requirements.filter(({ status }) => status === 'not-checked');
  if (open.length === 0) return [];
  const groups = [...byReason(open)];
  const explained = groups.filter(([reason]) => !(reason in KNOWN));
  const known = groups.filter(([reason]) => reason in KNOWN);
  return [
    [
      ink.bold('Not checked'),
      ...explained.flatMap(([reason, ids]) => [
        ...wrap(ids.join(', '), width - 2).map((line) => `  ${line}`),
        ...labelled('    ', plain(reason), width),
      ]),
      ...known.map(([reason, ids]) => `  ${counted(ids.length, 'requirement')} ${KNOWN[reason]}`),
    ],
  ];
}

function byReason(requirements: readonly VerdictRequirement[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { id, reason } of requirements) {
    const key = reason ?? 'No reason is known.';
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return groups;
}
