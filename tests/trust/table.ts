/** The kill matrix as Markdown. */

import type { Assessment, Row } from './assessment.js';

const code = (text: string) => `\`${text}\``;
const codes = (ids: readonly string[]) => (ids.length === 0 ? '–' : ids.map(code).join(' '));
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function middle(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function measures({ results }: Row): string {
  const exchanges = middle(results.map((one) => one.exchanges));
  const seconds = middle(results.map(({ durationMs }) => durationMs)) / 1000;
  return `${exchanges} | ${seconds.toFixed(1)}`;
}

function faultLine(row: Row): string {
  const { subject, caughtBy, beside, outcome } = row;
  const [meant = ''] = subject.breaks;
  const by = outcome === 'right' ? codes(caughtBy) : `**${outcome}**`;
  return `| ${code(subject.id)} | ${cell(subject.statement)} | ${code(meant)} | ${by} | ${codes(beside)} | ${measures(row)} |`;
}

function variantLine(row: Row): string {
  const { subject, beside, outcome } = row;
  const said = outcome === 'right' ? 'conformant' : `**accused** of ${codes(beside)}`;
  return `| ${code(subject.id)} | ${cell(subject.statement)} | ${said} | ${measures(row)} |`;
}

/** How it was made. */
interface Made {
  readonly depth: string;
  readonly seeds: readonly number[];
  readonly untilCaught: boolean;
}

/** In two paragraphs and two tables. */
export function table({ rows }: Assessment, { depth, seeds, untilCaught }: Made): string {
  const ofFaults = rows.filter(({ subject }) => subject.kind === 'fault');
  const others = rows.filter(({ subject }) => subject.kind !== 'fault');
  const right = (of: readonly Row[]) => of.filter(({ outcome }) => outcome === 'right').length;
  return [
    '# The kill matrix',
    '',
    `Made by \`npm run trust${untilCaught ? ' -- --until-caught' : ''}\`, at ${depth} depth with the seeds ${seeds.join(', ')}: ${right(ofFaults)} of ${ofFaults.length} faults caught with every seed, ${right(others)} of ${others.length} conformant servers found conformant with every seed.`,
    '',
    'A fault is caught where a requirement that it breaks fails and the verdict is nonconformant (a fault that breaks a should alone: where that should is reported). "Beside" names requirements that failed as well. Exchanges and seconds are the median of the seeds; several runs share the machine, so that the seconds say little.',
    ...(untilCaught
      ? [
          '',
          'The run of a fault ended as soon as the requirement meant to catch it was broken: its row tells what failed until then.',
        ]
      : []),
    '',
    '## Faults',
    '',
    '| Fault | What the mock does | Meant to catch it | Caught by | Beside | Exchanges | Seconds |',
    '| --- | --- | --- | --- | --- | ---: | ---: |',
    ...ofFaults.map(faultLine),
    '',
    '## Variants',
    '',
    '| Variant | What the mock does | Found | Exchanges | Seconds |',
    '| --- | --- | --- | ---: | ---: |',
    ...others.map(variantLine),
    '',
  ].join('\n');
}
