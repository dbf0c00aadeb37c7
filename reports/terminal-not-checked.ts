/** The part of the summary that says what was not checked, and what it would take. */

import { byReason, KNOWN_REASONS } from './not-checked-reasons.js';
import { counted, labelled, plain, wrap } from './plain-text.js';
import type { Page } from './terminal-page.js';
import type { Verdict } from './verdict.js';

export function notChecked({ requirements }: Verdict, { width, ink }: Page): string[][] {
  const groups = [...byReason(requirements)];
  if (groups.length === 0) return [];
  const explained = groups.filter(([reason]) => !(reason in KNOWN_REASONS));
  const known = groups.filter(([reason]) => reason in KNOWN_REASONS);
  return [
    [
      ink.bold('Not checked'),
      ...explained.flatMap(([reason, members]) => [
        ...wrap(members.map(({ id }) => id).join(', '), width - 2).map((line) => `  ${line}`),
        ...labelled('    ', plain(reason), width),
      ]),
      ...known.map(
        ([reason, members]) => `  ${counted(members.length, 'requirement')} ${KNOWN_REASONS[reason]}`,
      ),
    ],
  ];
}
