/** The part of the summary that says what was broken, musts first, each with how to see it again. */

import type { Page } from './terminal.js';
import { cut, labelled, plain, quoted, wrap } from './terminal-text.js';
import type { Finding, Verdict } from './verdict.js';

const LONGEST_VALUE = 300;

/** @param again the command line that judges the same target */
export function failures(verdict: Verdict, page: Page, again: string): string[][] {
  const ordered = [...verdict.findings].sort((a, b) => a.level.localeCompare(b.level));
  return ordered.map((finding) => failure(finding, statementOf(verdict, finding), page, again));
}

function statementOf({ requirements }: Verdict, { requirement }: Finding): string {
  return requirements.find(({ id }) => id === requirement)?.statement ?? '';
}

function failure(finding: Finding, statement: string, { width, ink }: Page, again: string): string[] {
  const { level, requirement, expected, actual, conditions, example, occurrences, curl, replay } = finding;
  const mark = level === 'must' ? ink.red('✗ must') : ink.yellow('✗ should');
  const line = (label: string, text: string | null) =>
    text === null ? [] : labelled(`  ${label.padEnd(10)}`, cut(plain(text), LONGEST_VALUE), width);
  return [
    `${mark} ${ink.bold(requirement)}${occurrences === 1 ? '' : ` (${occurrences} times)`}`,
    ...wrap(statement, width - 2).map((text) => `  ${text}`),
    ...line('expected', expected),
    ...line('actual', actual),
    ...line('only with', conditions.length === 0 ? null : conditions.join(', ')),
    ...line('example', example),
    ...(curl === null ? [] : [`  see       ${plain(curl)}`]),
    `  replay    ${again} --replay ${quoted(plain(replay))}`,
  ];
}
