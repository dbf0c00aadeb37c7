/** The summary of a verdict that a person reads in ten seconds. */

import { join } from 'node:path';
import picocolors from 'picocolors';
import { counted, labelled, plain, wrap } from './plain-text.js';
import { failures } from './terminal-failures.js';
import { notChecked } from './terminal-not-checked.js';
import type { Page } from './terminal-page.js';
import { scenarios } from './terminal-scenarios.js';
import { waivers } from './terminal-waivers.js';
import { isProxied, type Verdict, type VerdictRequirement } from './verdict.js';

export interface Screen {
  /** Characters in a line. */
  readonly width: number;
  readonly colours: boolean;
}

/** Where to go from the summary. */
export interface Directions {
  /** Where the reports are; null where they could not be written. */
  readonly folder: string | null;
  /** The command line that judges the same target in the same way. */
  readonly again: string;
}

export function summary(verdict: Verdict, { width, colours }: Screen, directions: Directions): string {
  const ink = picocolors.createColors(colours);
  const page = { width, ink };
  const sections = [
    heading(verdict, page),
    ...failures(verdict, page, directions.again),
    ...scenarios(verdict, page),
    ...waivers(verdict, page),
    ...notChecked(verdict, page),
    counts(verdict, width),
    closingLines(verdict, directions, page),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function heading(verdict: Verdict, { width, ink }: Page): string[] {
  const { target, contract } = verdict;
  const embedded = target.embedded ? ' (the embedded mock)' : '';
  const [first = '', ...rest] = labelled('Verdict   ', conclusion(verdict), width);
  return [
    ...labelled('Target    ', `${plain(target.url)}${embedded}`, width),
    ...(target.insecure
      ? labelled(
          'Insecure  ',
          'Its certificate was not verified: whatever answered may be another.',
          width,
        ).map(ink.red)
      : []),
    ...labelled('Contract  ', plain(`${contract.title} ${contract.version}`), width),
    ...[first.replace(verdict.verdict, `${inColour(verdict, ink)}`), ...rest],
  ];
}

function inColour({ verdict }: Verdict, ink: Page['ink']): string {
  const colour = { conformant: ink.green, nonconformant: ink.red, inconclusive: ink.yellow }[verdict];
  return ink.bold(colour(verdict));
}

/** The verdict in one line, with the reason. */
function conclusion({ verdict, reason, requirements, strict }: Verdict): string {
  const why = reason === null ? '' : ` ${plain(reason)}`;
  switch (verdict) {
    case 'conformant':
      return `${verdict}: ${kept(requirements)}.${why}`;
    case 'nonconformant':
      return `${verdict}: ${broken(requirements)}${strict ? ', and --strict lets both decide' : ''}.${why}`;
    case 'inconclusive':
      return `${verdict}:${why}`;
  }
}

function kept(requirements: readonly VerdictRequirement[]): string {
  const passed = requirements.filter(({ level, status }) => level === 'must' && status === 'pass').length;
  const shoulds = brokenAt(requirements, 'should');
  const aside = shoulds === 0 ? '' : `; ${counted(shoulds, 'should')} broken`;
  return `${counted(passed, 'must')} checked, none broken${aside}`;
}

function broken(requirements: readonly VerdictRequirement[]): string {
  const musts = brokenAt(requirements, 'must');
  const shoulds = brokenAt(requirements, 'should');
  const parts = [
    ...(musts === 0 ? [] : [counted(musts, 'must')]),
    ...(shoulds === 0 ? [] : [counted(shoulds, 'should')]),
  ];
  return `${parts.join(' and ')} broken`;
}

function brokenAt(requirements: readonly VerdictRequirement[], level: VerdictRequirement['level']): number {
  return requirements.filter((one) => one.level === level && one.status === 'fail').length;
}

function counts(verdict: Verdict, width: number): string[] {
  const { exchanges, usage, requirements, durationMs, depth, seed } = verdict;
  const having = (status: VerdictRequirement['status']) =>
    requirements.filter((one) => one.status === status).length;
  const asked = [
    counted(exchanges, 'exchange'),
    counted(usage.sessions, 'session'),
    counted(usage.tokens, 'token'),
    `${counted(usage.throttled, 'answer')} with 429`,
    `${(durationMs / 1000).toFixed(1)} s`,
  ];
  const waived = having('waived') === 0 ? '' : `${having('waived')} waived, `;
  const found = `${having('pass')} passed, ${having('fail')} failed, ${waived}${having('not-checked')} not checked`;
  return [
    ...labelled('Asked         ', asked.join(', '), width),
    ...labelled('Requirements  ', found, width),
    ...(isProxied(verdict) ? [] : labelled('Questions     ', `depth ${depth}, seed ${seed}`, width)),
    ...labelled('Left active   ', leftActive(usage.leftActive, isProxied(verdict)), width).filter(
      () => usage.leftActive.length > 0,
    ),
  ];
}

function leftActive(ids: readonly string[], proxied: boolean): string {
  const why = proxied ? 'nobody tried to cancel' : 'could not be cancelled at the end';
  return `${counted(ids.length, 'session')} ${why}: ${plain(ids.join(', '))}`;
}

/** The verdict in a line or two, where nobody asked for more. */
export function closing(verdict: Verdict, directions: Directions, { width, colours }: Screen): string {
  const page = { width, ink: picocolors.createColors(colours) };
  return `${closingLines(verdict, directions, page).join('\n')}\n`;
}

/** What a terminal shows last is what is read first, so the verdict stands here again. */
function closingLines(verdict: Verdict, { folder }: Directions, { width, ink }: Page): string[] {
  const details =
    folder === null
      ? ''
      : ` Open ${plain(join(folder, 'report.html'))}; programs read verdict.json beside it.`;
  const [first = '', ...rest] = wrap(`${verdict.verdict}, exit status ${verdict.exitCode}.${details}`, width);
  return [first.replace(verdict.verdict, inColour(verdict, ink)), ...rest];
}
