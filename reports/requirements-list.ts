/** The catalogue of requirements as text, JSON and Markdown, for the command `cancel-conformance requirements`. */

import { type Requirement, sourceText, theme } from '../spec/requirements.js';
import { byTheme } from './themes.js';

/** For a terminal: by theme, each requirement with its level, statement and source, and why it is not checked. */
export function requirementsAsText(requirements: readonly Requirement[]): string {
  const themes = byTheme(requirements).map((one) => [one.name, ...one.requirements.map(asText)].join('\n\n'));
  return `${[...themes, `${summary(requirements)}.`].join('\n\n')}\n`;
}

function asText(requirement: Requirement): string {
  const { id, level, statement, unchecked } = requirement;
  const reason = unchecked === undefined ? [] : [`not checked: ${unchecked}`];
  return [`  ${level.padEnd(6)}  ${id}`, ...[statement, sourceText(requirement), ...reason].map(indent)].join(
    '\n',
  );
}

function indent(line: string): string {
  return `          ${line}`;
}

/** For programs: the catalogue as it is, with the theme of each requirement and its source in one line. */
export function requirementsAsJson(requirements: readonly Requirement[]): string {
  const entries = requirements.map((requirement) => ({
    id: requirement.id,
    theme: theme(requirement),
    level: requirement.level,
    statement: requirement.statement,
    source: requirement.source,
    sourceText: sourceText(requirement),
    unchecked: requirement.unchecked ?? null,
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}

/** For a document: a heading and a table for each theme (GitHub Flavored Markdown). */
export function requirementsAsMarkdown(requirements: readonly Requirement[]): string {
  const sections = byTheme(requirements).map((one) =>
    [`## ${escaped(one.name)}`, '', ...tableHead, ...one.requirements.map(asRow)].join('\n'),
  );
  return `${['# Requirements', `${summary(requirements)}.`, ...sections].join('\n\n')}\n`;
}

const tableHead = ['| Id | Level | Statement | Source | Checked |', '| --- | --- | --- | --- | --- |'];

function asRow(requirement: Requirement): string {
  const { id, level, statement, unchecked } = requirement;
  const checked = unchecked === undefined ? 'yes' : `no: ${unchecked}`;
  return `| ${[id, level, statement, sourceText(requirement), checked].map(escaped).join(' | ')} |`;
}

/** Text that Markdown shows as it is, in one cell of a table. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_~|<>&[\]]/g, '\\$&').replaceAll(/\s+/g, ' ');
}

function summary(requirements: readonly Requirement[]): string {
  const musts = requirements.filter(({ level }) => level === 'must').length;
  const unchecked = requirements.filter((requirement) => requirement.unchecked !== undefined).length;
  const shoulds = requirements.length - musts;
  return `Requirements: ${requirements.length} (${musts} must, ${shoulds} should), of which ${unchecked} cannot be checked by an API call`;
}
