/** On GitHub Actions: an annotation for each broken requirement, and the Markdown as the job's summary. */

import { appendFileSync } from 'node:fs';
import { conclusionOf } from './conclusion-in-words.js';
import { summaryMarkdown } from './markdown.js';
import { cut, plain } from './plain-text.js';
import type { Verdict } from './verdict.js';

/** GitHub shows ten annotations of a kind for a step. */
const MOST = 10;
const LONGEST = 1000;

/** @returns workflow commands, a line each: errors for what decides, warnings for the rest */
export function annotations(verdict: Verdict): string {
  const broken = verdict.requirements
    .filter(({ status }) => status === 'fail')
    .sort((a, b) => a.level.localeCompare(b.level));
  const told = broken.slice(0, MOST).map(({ id, level, statement }) => {
    const finding = verdict.findings.find(({ requirement }) => requirement === id);
    const seen = finding === undefined ? '' : ` Expected ${finding.expected}, got ${finding.actual}.`;
    const kind = level === 'must' || verdict.strict ? 'error' : 'warning';
    return workflowCommand(kind, `${level} ${id}`, `${statement}${seen}`);
  });
  const { sentence, meaning } = conclusionOf(verdict);
  const unjudged = verdict.verdict === 'inconclusive' ? [workflowCommand('error', sentence, meaning)] : [];
  return [...unjudged, ...told].map((line) => `${line}\n`).join('');
}

/** What GitHub reads in a step's output; the text cannot end the line or the title. */
function workflowCommand(kind: 'error' | 'warning', title: string, text: string): string {
  const escaped = (value: string) => cut(plain(value), LONGEST).replaceAll('%', '%25');
  const property = escaped(title).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${kind} title=${property}::${escaped(text)}`;
}

/**
 * Does nothing elsewhere. A summary that cannot be written is no fault of the run: `summary.md` holds the same.
 *
 * @param write where the step's output goes
 */
export function tellGitHub(verdict: Verdict, env: NodeJS.ProcessEnv, write: (text: string) => void): void {
  if (env['GITHUB_ACTIONS'] !== 'true') return;
  write(annotations(verdict));
  const file = env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  try {
    appendFileSync(file, summaryMarkdown(verdict));
  } catch {
    write(
      workflowCommand('warning', 'Job summary', 'The job summary could not be written; summary.md holds it.'),
    );
  }
}
