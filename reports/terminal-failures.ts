/** The part of the summary that says what was broken, musts first, each with how to see it again. */

import { counted, cut, labelled, plain, quoted, wrap } from './plain-text.js';
import type { Page } from './terminal-page.js';
import type { Finding, Verdict, VerdictRequirement } from './verdict.js';

const LONGEST_VALUE = 300;

/** @param again the command line that judges the same target */
export function failures({ requirements, findings }: Verdict, page: Page, again: string): string[][] {
  return requirements
    .filter(({ status }) => status === 'fail')
    .sort((a, b) => a.level.localeCompare(b.level))
    .map((requirement) => {
      const own = findings.filter((finding) => finding.requirement === requirement.id);
      return failure(requirement, own, page, again);
    });
}

/** One finding tells what is wrong; a requirement that is broken in many ways would hide the others. */
function failure(
  { id, level, statement, failures }: VerdictRequirement,
  findings: readonly Finding[],
  page: Page,
  again: string,
): string[] {
  const { width, ink } = page;
  const mark = level === 'must' ? ink.red('✗ must') : ink.yellow('✗ should');
  const [commonest, ...others] = [...findings].sort((a, b) => b.occurrences - a.occurrences);
  return [
    `${mark} ${ink.bold(id)}${failures === 1 ? '' : ` (${counted(failures, 'time')})`}`,
    ...wrap(plain(statement), width - 2).map((text) => `  ${text}`),
    ...(commonest === undefined ? [] : evidence(commonest, width, again)),
    ...(others.length === 0 ? [] : [`  and in ${counted(others.length, 'other way')}, in report.html`]),
  ];
}

/** The lines to copy into a shell are not wrapped. */
function evidence(finding: Finding, width: number, again: string): string[] {
  const { expected, actual, conditions, example, curl, replay, scenario = null } = finding;
  const line = (label: string, text: string | null) =>
    text === null ? [] : labelled(`  ${label.padEnd(10)}`, cut(plain(text), LONGEST_VALUE), width);
  return [
    ...line('expected', expected),
    ...line('actual', actual),
    ...line('only with', conditions.length === 0 ? null : conditions.join(', ')),
    ...line('example', example),
    ...line('scenario', scenario),
    ...(curl === null ? [] : seen(curl)),
    replay === ''
      ? `  again     ${plain(again)}`
      : `  replay    ${plain(again)} --replay ${quoted(plain(replay))}`,
  ];
}

/** A script as it is, so that it can be copied. */
function seen(curl: string): string[] {
  return curl.split('\n').map((line, i) => `  ${(i === 0 ? 'see' : '').padEnd(10)}${plain(line)}`);
}
