/** A finding as the text of an issue for the service's developers (GitHub Flavored Markdown). */

import { commandLine } from './again.js';
import { fenced, inline } from './markdown-text.js';
import { neededVariables } from './needed-variables.js';
import { cut, plain } from './plain-text.js';
import type { Finding, Verdict } from './verdict.js';

const LONGEST_BODY = 1500;
const LONGEST_LINE = 300;

export function issueText(finding: Finding, verdict: Verdict, statement: string, source: string): string {
  const { requirement, level, expected, actual, conditions, example, curl, exchange, occurrences } = finding;
  const { contract, target, tool } = verdict;
  const row = (name: string, value: string | null) => (value === null ? [] : [`- ${name}: ${inline(value)}`]);
  return [
    `# Cancel Session, ${requirement}: expected ${inlineTitle(expected)}, got ${inlineTitle(actual)}${
      conditions.length === 0 ? '' : ` with ${inlineTitle(conditions.join(', '))}`
    }`,
    '',
    `${plain(statement)} (${level}, \`${requirement}\`; ${plain(source)})`,
    '',
    ...row('Expected', expected),
    ...row('Actual', actual),
    ...row('Only with', conditions.length === 0 ? null : conditions.join(', ')),
    ...row('Smallest example', example),
    `- Seen: ${occurrences} times at ${inline(target.url)}`,
    '',
    ...(curl === null ? [] : [toSeeIt(curl), '', ...fenced('sh', curl)]),
    'To have it checked again:',
    '',
    ...fenced('sh', commandLine(verdict, finding.replay)),
    ...(exchange === null ? [] : ['What came back:', '', ...fenced('http', answer(finding))]),
    `Found by ${tool.name} ${tool.version} against ${plain(contract.title)} ${plain(contract.version)}.`,
    '',
  ].join('\n');
}

function toSeeIt(curl: string): string {
  const needed = neededVariables(curl).map((name) => `\`${name}\``);
  return needed.length === 0 ? 'To see it, in a shell:' : `To see it, in a shell with ${needed.join(', ')}:`;
}

function answer({ exchange }: Finding): string {
  const response = exchange?.response;
  if (response === undefined || response === null) return plain(exchange?.failure ?? 'no answer');
  const headers = response.headers.map(([name, value]) => cut(plain(`${name}: ${value}`), LONGEST_LINE));
  return [`HTTP ${response.status}`, ...headers, '', cut(plain(response.body), LONGEST_BODY)].join('\n');
}

/** A title is no Markdown. */
function inlineTitle(text: string): string {
  return cut(plain(text), 60);
}
