/** A comparison as text for a terminal, as Markdown, and as JSON. */

import picocolors from 'picocolors';
import type { Comparison, Side, TimesBeside } from './comparison.js';
import { escapedMarkdown, inline } from './markdown-text.js';
import { milliseconds } from './page/shown-text.js';
import { counted, cut, labelled, plain } from './plain-text.js';
import type { Screen } from './terminal.js';

const LONGEST_VALUE = 300;

export function comparisonAsJson(comparison: Comparison): string {
  return `${JSON.stringify(comparison, null, 2)}\n`;
}

export function comparisonAsText(comparison: Comparison, { width, colours }: Screen): string {
  const ink = picocolors.createColors(colours);
  const { a, b, requirements, choices, onlyInA, onlyInB, times, notes, same } = comparison;
  const sides = (one: string, other: string) => [
    ...labelled('    A  ', shown(one), width),
    ...labelled('    B  ', shown(other), width),
  ];
  const sections = [
    [...labelled('A  ', sideInWords(a), width), ...labelled('B  ', sideInWords(b), width)],
    notes.flatMap((note) => labelled('', plain(note), width)),
    section(ink.bold('Requirements that differ'), requirements, (one) => [
      `  ${ink.bold(one.id)} (${one.level})`,
      ...labelled('    ', plain(one.statement), width),
      ...sides(one.a, one.b),
    ]),
    section(ink.bold('Free choices that differ'), choices, (one) => [
      `  ${ink.bold(plain(one.id))}`,
      ...labelled('    ', plain(one.question), width),
      ...sides(one.a, one.b),
    ]),
    [
      ...onlyOne('Known of A alone, and not compared', onlyInA, width),
      ...onlyOne('Known of B alone, and not compared', onlyInB, width),
    ],
    section('Median times to answer, never a difference', times, timesLine),
    [(same ? ink.green : ink.red)(conclusionInWords(comparison))],
  ];
  return `${sections
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** In one sentence. */
function conclusionInWords({ same, requirements, choices, compared }: Comparison): string {
  const both = `${counted(compared.requirements, 'requirement')} and ${counted(compared.choices, 'free choice')}`;
  return same
    ? `The same in ${both}.`
    : `Different: ${counted(requirements.length, 'requirement')} and ${counted(choices.length, 'free choice')} of ${both}.`;
}

function sideInWords({ target, verdict, depth, seed, usage }: Side): string {
  const where = target.embedded ? 'the embedded mock' : plain(target.url);
  const limited = usage.throttled === 0 ? '' : `, ${counted(usage.throttled, 'answer')} with 429`;
  return `${where}: ${verdict}, depth ${depth}, seed ${seed}${limited}`;
}

function section<T>(title: string, all: readonly T[], lines: (one: T) => readonly string[]): string[] {
  return all.length === 0 ? [] : [title, ...all.flatMap(lines)];
}

const shown = (text: string): string => cut(plain(text), LONGEST_VALUE);

function onlyOne(title: string, ids: readonly string[], width: number): string[] {
  return ids.length === 0 ? [] : [title, ...labelled('  ', plain(ids.join(', ')), width)];
}

const time = (value: number | null): string => (value === null ? 'never' : milliseconds(value));

function timesLine({ operation, status, a, b }: TimesBeside): string[] {
  return [
    `  ${operation.padEnd(9)} ${String(status ?? 'none').padEnd(4)}  A ${time(a).padEnd(9)}  B ${time(b)}`,
  ];
}

export function comparisonAsMarkdown(comparison: Comparison): string {
  const { a, b, requirements, choices, onlyInA, onlyInB, times, notes, same } = comparison;
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
    [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
  const cell = (text: string) => inline(shown(text)).replaceAll('|', '\\|');
  const parts = [
    `## ${same ? '✅' : '❌'} ${conclusionInWords(comparison)}`,
    `- A: ${escapedMarkdown(sideInWords(a))}\n- B: ${escapedMarkdown(sideInWords(b))}`,
    ...notes.map(escapedMarkdown),
    ...(requirements.length === 0
      ? []
      : [
          table(
            ['Requirement', 'Level', 'A', 'B'],
            requirements.map((one) => [cell(one.id), one.level, one.a, one.b]),
          ),
        ]),
    ...(choices.length === 0
      ? []
      : [
          table(
            ['Free choice', 'Question', 'A', 'B'],
            choices.map((one) => [cell(one.id), escapedMarkdown(one.question), cell(one.a), cell(one.b)]),
          ),
        ]),
    ...(onlyInA.length === 0
      ? []
      : [`Known of A alone, and not compared: ${onlyInA.map(inline).join(', ')}`]),
    ...(onlyInB.length === 0
      ? []
      : [`Known of B alone, and not compared: ${onlyInB.map(inline).join(', ')}`]),
    folded(
      'Median times to answer, never a difference',
      table(
        ['Operation', 'Status', 'A', 'B'],
        times.map((one) => [one.operation, String(one.status ?? 'none'), time(one.a), time(one.b)]),
      ),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

function folded(title: string, text: string): string {
  return `<details><summary>${title}</summary>\n\n${text}\n\n</details>`;
}
