/** The part of the summary that says what was not checked, and what it would take. */

import type { Page } from './terminal.js';
import { counted, labelled, plain } from './terminal-text.js';
import type { Verdict, VerdictRequirement } from './verdict.js';

/** Left out by the user's own wish: counted, and not explained. */
const LEFT_OUT = 'Left out by --only.';

export function notChecked({ requirements }: Verdict, { width, ink }: Page): string[][] {
  const open = requirements.filter(({ status }) => status === 'not-checked');
  const explained = open.filter(({ reason }) => reason !== LEFT_OUT);
  const leftOut = open.length - explained.length;
  if (open.length === 0) return [];
  return [
    [
      ink.bold('Not checked'),
      ...[...byReason(explained)].flatMap(([reason, ids]) => [
        `  ${ids.join(', ')}`,
        ...labelled('    ', plain(reason), width),
      ]),
      ...(leftOut === 0 ? [] : [`  ${counted(leftOut, 'requirement')} left out by --only`]),
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
