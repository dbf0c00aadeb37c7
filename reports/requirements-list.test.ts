/** Tests of the catalogue as text, JSON and Markdown. */

import { describe, expect, it } from 'vitest';
import { loadRequirements, type Requirement } from '../spec/requirements.js';
import { requirementsAsJson, requirementsAsMarkdown, requirementsAsText } from './requirements-list.js';

const requirements: readonly Requirement[] = [
  {
    id: 'cancel.a',
    level: 'must',
    statement: 'It works with */*.',
    source: { page: 'Notes', contract: '#/a~1b' },
    needs: [],
    told: 'in turn',
  },
  {
    id: 'token.b',
    level: 'should',
    statement: 'A | b <i>\\\n[c].',
    source: { rfc: 'RFC 6750 section 2' },
    needs: [],
    told: 'in turn',
  },
  {
    id: 'cancel.c',
    level: 'must',
    statement: 'No_one_can.',
    source: { page: 'Notes' },
    unchecked: 'It takes a browser.',
    needs: [],
    told: 'in turn',
  },
];

describe('the catalogue as text', () => {
  it('groups by theme, with level, id, statement, source and the reason where it is not checked', () => {
    expect(requirementsAsText(requirements.filter(({ id }) => id !== 'token.b'))).toBe(`cancel

  must    cancel.a
          It works with */*.
          page "Notes"; contract #/a~1b

  must    cancel.c
          No_one_can.
          page "Notes"
          not checked: It takes a browser.

Requirements: 2 (2 must, 0 should), of which 1 cannot be checked by an API call.
`);
  });

  it('names every requirement of the catalogue once', () => {
    const catalogue = loadRequirements();
    const listed = [...requirementsAsText(catalogue).matchAll(/^ {2}(?:must|should) +(\S+)$/gm)].map(
      ([, id]) => id,
    );
    expect(listed.toSorted()).toEqual(catalogue.map(({ id }) => id).toSorted());
  });
});

describe('the catalogue as JSON', () => {
  it('keeps order and members, and adds theme and source in one line', () => {
    const parsed: unknown = JSON.parse(requirementsAsJson(requirements));
    expect(parsed).toMatchObject([{ id: 'cancel.a' }, { id: 'token.b' }, { id: 'cancel.c' }]);
    expect(parsed).toHaveProperty('2', {
      id: 'cancel.c',
      theme: 'cancel',
      level: 'must',
      statement: 'No_one_can.',
      source: { page: 'Notes' },
      sourceText: 'page "Notes"',
      unchecked: 'It takes a browser.',
    });
    expect(parsed).toHaveProperty('0.unchecked', null);
  });
});

describe('the catalogue as Markdown', () => {
  const lines = requirementsAsMarkdown(requirements).split('\n');

  it('has a table for each theme', () => {
    expect(lines.filter((line) => line.startsWith('#'))).toEqual(['# Requirements', '## cancel', '## token']);
    expect(lines.filter((line) => line.startsWith('| Id'))).toHaveLength(2);
  });

  it('escapes what Markdown would take for markup or for the end of a cell', () => {
    expect(lines).toContain(
      '| cancel.a | must | It works with \\*/\\*. | page "Notes"; contract #/a\\~1b | yes |',
    );
    expect(lines).toContain('| token.b | should | A \\| b \\<i\\>\\\\ \\[c\\]. | RFC 6750 section 2 | yes |');
    expect(lines).toContain('| cancel.c | must | No\\_one\\_can. | page "Notes" | no: It takes a browser. |');
  });

  it('has five cells in every row of the catalogue', () => {
    const rows = requirementsAsMarkdown(loadRequirements())
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows.filter((row) => row.split(/(?<!\\)\|/).length !== 7)).toEqual([]);
  });
});
