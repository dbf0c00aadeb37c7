/** Text of a target within Markdown, in which nothing acts. */

import { cut, plain } from './plain-text.js';

const LONGEST_LINE = 300;

/** Backticks of the text cannot end a fence that is longer than all of them. */
export function fenced(language: string, text: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, text, fence, ''];
}

/** As code, in which Markdown acts on nothing. */
export function inline(text: string): string {
  const shown = cut(plain(text), LONGEST_LINE);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const tick = '`'.repeat(longest + 1);
  const space = shown.startsWith('`') || shown.endsWith('`') || shown === '' ? ' ' : '';
  return `${tick}${space}${shown}${space}${tick}`;
}

/** Text in which Markdown and HTML act on nothing, and nobody is mentioned. */
export function escapedMarkdown(text: string): string {
  return plain(text)
    .replace(/[\\`*_~|<>&[\]#!]/g, '\\$&')
    .replaceAll('@', '@\u200b');
}
