/** The part of the summary that tells of waivers: which hold, which have expired, and which are stale. */

import { labelled, plain } from './plain-text.js';
import type { Page } from './terminal-page.js';
import type { Verdict, VerdictWaiver } from './verdict.js';

const WORDS: Readonly<Record<VerdictWaiver['state'], (expires: string) => string>> = {
  'in force': (expires) => `broken, and waived until ${expires}`,
  expired: (expires) => `its waiver expired on ${expires}, so that it decides again`,
  stale: () => 'kept, so that its waiver is stale: take it out',
  'not needed': () => 'not checked in this run',
};

export function waivers({ waivers: all }: Verdict, { width, ink }: Page): string[][] {
  if (all.length === 0) return [];
  return [
    [
      ink.bold('Waivers'),
      ...all.flatMap(({ requirement, reason, owner, expires, state }) => [
        ...labelled(`  ${requirement}  `, WORDS[state](expires), width),
        ...labelled('    ', plain(`${reason} (${owner})`), width),
      ]),
    ],
  ];
}
