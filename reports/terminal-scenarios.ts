/** The part of the summary that says which scenarios of the mock the client handled. */

import { plain } from './plain-text.js';
import type { Page } from './terminal-page.js';
import type { Verdict } from './verdict.js';

export function scenarios({ scenarios: played = [] }: Verdict, { ink }: Page): string[][] {
  if (played.length === 0) return [];
  const widest = Math.max(...played.map(({ name }) => name.length));
  return [
    [
      ink.bold('Scenarios'),
      ...played.map(({ name, handled, exitCode }) => {
        const mark = handled ? ink.green('✓ handled    ') : ink.yellow('✗ not handled');
        return `  ${mark}  ${plain(name).padEnd(widest)}  exit status ${exitCode}`;
      }),
    ],
  ];
}
