/** `junit.xml`: a test case for each requirement, as CI servers read it. */

import { toUSVString } from 'node:util';
import { type ComponentChild, h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { theme } from '../spec/requirements.js';
import { commandLine } from './again.js';
import { grouped } from './grouped.js';
import { cut, plain, plainLines } from './plain-text.js';
import type { Finding, Verdict, VerdictRequirement } from './verdict.js';

const LONGEST = 2000;
/** What one requirement's findings tell at most. */
const MOST_FINDINGS = 20;

export function junitXml(verdict: Verdict): string {
  const suites = [...grouped(verdict.requirements, theme)].map(([name, requirements]) =>
    suite(
      name,
      requirements.map((requirement) => testCase(requirement, verdict)),
    ),
  );
  const all = verdict.verdict === 'inconclusive' ? [suite('run', [unjudged(verdict)]), ...suites] : suites;
  const seconds = (verdict.durationMs / 1000).toFixed(3);
  const report = h('testsuites', { name: 'cancel-conformance', time: seconds }, all);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderToString(report)}\n`;
}

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

interface TestCase {
  readonly outcome: Outcome;
  readonly element: ComponentChild;
}

function suite(name: string, cases: readonly TestCase[]): ComponentChild {
  const count = (wanted: Outcome) => String(cases.filter(({ outcome }) => outcome === wanted).length);
  const counts = { failures: count('failure'), errors: count('error'), skipped: count('skipped') };
  const elements = cases.map(({ element }) => element);
  return h('testsuite', { name, tests: String(cases.length), ...counts }, elements);
}

function unjudged({ reason }: Verdict): TestCase {
  const error = h('error', { message: text(reason ?? 'No reason is known.') });
  const names = { classname: 'run', name: 'The service could be judged.' };
  return { outcome: 'error', element: h('testcase', names, error) };
}

/** What the run does not decide by is skipped, with the reason: a CI server must not be redder than the verdict. */
function testCase(requirement: VerdictRequirement, verdict: Verdict): TestCase {
  const { id, level, statement, status, reason } = requirement;
  const own = verdict.findings.filter((finding) => finding.requirement === id).slice(0, MOST_FINDINGS);
  const evidence = own.map((finding) => inLines(finding, verdict)).join('\n\n');
  const inCase = (outcome: Outcome, ...children: ComponentChild[]) => ({
    outcome,
    element: h('testcase', { classname: theme(requirement), name: text(`${id}: ${statement}`) }, children),
  });
  if (status === 'pass') return inCase('passed');
  if (status === 'fail' && (level === 'must' || verdict.strict)) {
    const [first] = own;
    const message = first === undefined ? 'broken' : text(`expected ${first.expected}, got ${first.actual}`);
    return inCase('failure', h('failure', { message, type: level }, evidence));
  }
  const why = status === 'fail' ? 'A should is broken, and does not decide.' : text(reason ?? status);
  const details = evidence === '' ? [] : [h('system-out', null, evidence)];
  return inCase('skipped', h('skipped', null, why), ...details);
}

function inLines(
  { expected, actual, conditions, curl, replay, scenario = null }: Finding,
  verdict: Verdict,
): string {
  const line = (label: string, value: string | null) => (value === null ? [] : [`${label} ${text(value)}`]);
  return [
    ...line('expected ', expected),
    ...line('actual   ', actual),
    ...line('only with', conditions.length === 0 ? null : conditions.join(', ')),
    ...(curl === null ? [] : ['see', xmlText(plainLines(curl))]),
    ...line('scenario ', scenario),
    ...line(replay === '' ? 'again    ' : 'replay   ', commandLine(verdict, replay)),
  ].join('\n');
}

/** XML knows no control characters, however they are written, and no `]]>` in a text. */
function text(value: string): string {
  return xmlText(plain(value));
}

function xmlText(value: string): string {
  return cut(toUSVString(value), LONGEST)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll(']]>', ']] >');
}
