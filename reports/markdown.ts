/** `summary.md`: the verdict for a comment on a change and a CI's job summary (GitHub Flavored Markdown). */

import { commandLine } from './again.js';
import { conclusionOf } from './conclusion-in-words.js';
import { escapedMarkdown, fenced, inline } from './markdown-text.js';
import { counted, plainLines } from './plain-text.js';
import { type Finding, isProxied, type Verdict, type VerdictRequirement } from './verdict.js';

/** A comment on GitHub holds 65,536 characters. */
const MOST_FINDINGS = 20;
const SIGNS = { conformant: '✅', nonconformant: '❌', inconclusive: '⚠️' } as const;

export function summaryMarkdown(verdict: Verdict): string {
  const { sentence, meaning } = conclusionOf(verdict);
  const { requirements, target, contract } = verdict;
  const broken = requirements
    .filter(({ status }) => status === 'fail')
    .sort((a, b) => a.level.localeCompare(b.level));
  const parts = [
    `## ${SIGNS[verdict.verdict]} Cancel Session: ${sentence}`,
    escapedMarkdown(meaning),
    facts(verdict),
    ...scenarios(verdict),
    ...broken.slice(0, MOST_FINDINGS).map((requirement) => section(requirement, verdict)),
    ...(broken.length > MOST_FINDINGS
      ? [`And ${counted(broken.length - MOST_FINDINGS, 'broken requirement')} more, in \`report.html\`.`]
      : []),
    ...notChecked(requirements),
    `Judged at ${inline(target.url)} by ${escapedMarkdown(`${contract.title} ${contract.version}`)}. The whole of it is in \`report.html\`.`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function facts(verdict: Verdict): string {
  const { requirements, depth, seed, exchanges } = verdict;
  const having = (status: VerdictRequirement['status'], level: VerdictRequirement['level']) =>
    requirements.filter((one) => one.status === status && one.level === level).length;
  const row = (level: VerdictRequirement['level']) =>
    `| ${level} | ${(['fail', 'waived', 'pass', 'not-checked'] as const).map((status) => having(status, level)).join(' | ')} |`;
  return [
    '| | broken | waived | held | not checked |',
    '| --- | ---: | ---: | ---: | ---: |',
    row('must'),
    row('should'),
    '',
    isProxied(verdict)
      ? `${counted(exchanges, 'exchange')} through the proxy.`
      : `Depth ${depth}, seed ${seed}, ${counted(exchanges, 'exchange')}.`,
  ].join('\n');
}

function section({ id, level, statement, failures }: VerdictRequirement, verdict: Verdict): string {
  const [commonest, ...others] = verdict.findings
    .filter(({ requirement }) => requirement === id)
    .sort((a, b) => b.occurrences - a.occurrences);
  return [
    `### ${level}: ${escapedMarkdown(statement)}`,
    `\`${id}\`, ${counted(failures, 'time')}${others.length === 0 ? '' : `, in ${others.length + 1} ways`}`,
    ...(commonest === undefined ? [] : [evidence(commonest, verdict)]),
  ].join('\n\n');
}

function evidence(
  { expected, actual, conditions, curl, replay, scenario = null }: Finding,
  verdict: Verdict,
): string {
  return [
    `- Expected: ${inline(expected)}`,
    `- Actual: ${inline(actual)}`,
    ...(conditions.length === 0 ? [] : [`- Only with: ${inline(conditions.join(', '))}`]),
    ...(scenario === null ? [] : [`- Scenario: ${inline(scenario)}`]),
    '',
    ...fenced('sh', [...(curl === null ? [] : [plainLines(curl)]), commandLine(verdict, replay)].join('\n')),
  ].join('\n');
}

function scenarios({ scenarios: played = [] }: Verdict): string[] {
  if (played.length === 0) return [];
  const rows = played.map(
    ({ name, handled, exitCode }) => `| ${inline(name)} | ${handled ? '✅' : '❌'} | ${exitCode} |`,
  );
  return [['| scenario | handled | exit status |', '| --- | :---: | ---: |', ...rows].join('\n')];
}

function notChecked(requirements: readonly VerdictRequirement[]): string[] {
  const open = requirements.filter(({ status }) => status === 'not-checked');
  if (open.length === 0) return [];
  const lines = open.map(
    ({ id, reason }) => `- \`${id}\`: ${escapedMarkdown(reason ?? 'No reason is known.')}`,
  );
  return [
    `<details><summary>${counted(open.length, 'requirement')} not checked</summary>\n\n${lines.join('\n')}\n\n</details>`,
  ];
}
