/** Tests of the catalogue of requirements: that it loads, that its sources exist, and how a broken one is refused. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { UserError } from './errors.js';
import { valueAt } from './json-pointer.js';
import { packageRoot } from './package-root.js';
import { loadRequirements, type Requirement, sourceText, theme } from './requirements.js';

const folder = mkdtempSync(join(tmpdir(), 'requirements-'));
const file = join(folder, 'requirements.yaml');
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string): readonly Requirement[] {
  writeFileSync(file, text);
  return loadRequirements(file);
}

function refusal(text: string): string {
  try {
    load(text);
  } catch (error) {
    if (error instanceof UserError) return error.sentence;
    throw error;
  }
  throw new Error('the catalogue was taken');
}

/** The headings of the page "Cancel Active Session". */
const headings = [
  'Cancel Active Session',
  'When to Use This Endpoint',
  'Session Termination Behavior',
  'Implementation Notes',
  'RequestExample',
  'ResponseExample',
  'Response Fields',
  'Best Practices',
  'Session Cleanup',
  'Error Handling',
  'Related Endpoints',
];

describe('the catalogue', () => {
  const requirements = loadRequirements();
  const contract: unknown = parse(readFileSync(join(packageRoot, 'spec', 'pay-interac.yaml'), 'utf8'));

  it('holds what decides a verdict', () => {
    expect(requirements.length).toBeGreaterThan(50);
    expect(requirements.map(({ id }) => id)).toContain('cancel.concurrent');
  });

  it('names every requirement once', () => {
    const ids = requirements.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('cites only pointers that lead somewhere in the contract', () => {
    const cited = requirements.flatMap(({ source }) => source.contract ?? []);
    const dangling = cited.filter(
      (uri) => !uri.startsWith('#/') || valueAt(contract, uri.slice(1)) === undefined,
    );
    expect(cited.length).toBeGreaterThan(0);
    expect(dangling).toEqual([]);
  });

  it('cites only headings that the page has', () => {
    const cited = new Set(requirements.flatMap(({ source }) => source.page ?? []));
    expect([...cited].filter((heading) => !headings.includes(heading))).toEqual([]);
  });

  it('cites RFCs with a section', () => {
    const cited = requirements.flatMap(({ source }) => source.rfc ?? []);
    expect(cited.filter((rfc) => !/^RFC \d{4} section \d+(\.\d+)*$/.test(rfc))).toEqual([]);
  });

  it('writes every statement as one sentence', () => {
    const statements = requirements.flatMap(({ statement, unchecked }) => [
      statement,
      unchecked ?? statement,
    ]);
    expect(statements.filter((text) => !/^[A-Z].*\.$/.test(text))).toEqual([]);
  });
});

describe('a requirement', () => {
  const entry = '- { id: cancel.twice, level: must, statement: S., source: { page: P } }\n';

  it('is read with its members as they are', () => {
    expect(load(entry)).toEqual([
      {
        id: 'cancel.twice',
        level: 'must',
        statement: 'S.',
        source: { page: 'P' },
        needs: [],
        told: 'in turn',
      },
    ]);
    const more = entry.replace('S.,', 'S., needs: [cancel.twice], told: alone,');
    expect(load(more)).toMatchObject([{ needs: ['cancel.twice'], told: 'alone' }]);
    expect(load(entry.replace('S.,', 'S., unchecked: why,'))).toMatchObject([{ unchecked: 'why' }]);
  });

  it('has the first word of its id as theme', () => {
    expect(load(entry).map(theme)).toEqual(['cancel']);
  });

  it('tells its sources in one line, in the order page, contract, RFC', () => {
    const source = "{ rfc: RFC 9562 section 4, page: Response Fields, contract: '#/a' }";
    expect(load(entry.replace('{ page: P }', source)).map(sourceText)).toEqual([
      'page "Response Fields"; contract #/a; RFC 9562 section 4',
    ]);
    expect(load(entry).map(sourceText)).toEqual(['page "P"']);
  });

  it.each([
    ['no list', 'a: 1', ':1: must be a list of requirements, not an object'],
    ['no YAML', '- a: ]', ':1: not valid YAML'],
    ['an entry that is no object', `${entry}- x`, ':2: must be an object, not "x" (at #/1)'],
    [
      'an unknown member',
      `${entry}${entry.replace('level', 'levle')}`,
      ':2: "levle" is no member known here (at #/1/levle)',
    ],
    [
      'a member __proto__',
      entry.replace('id:', '__proto__: {}, id:'),
      ':1: "__proto__" is no member known here',
    ],
    [
      'an id with no theme',
      entry.replace('cancel.twice', 'Twice'),
      ':1: "Twice" is no requirement id (at #/0/id)',
    ],
    ['no id', entry.replace('id: cancel.twice, ', ''), ':1: id must be a text, not nothing'],
    ['an id that is taken', `${entry}\n${entry}`, ':3: the id cancel.twice is taken (at #/1/id)'],
    ['another level', entry.replace('must', 'may'), ':1: the level must be must or should, not "may"'],
    ['a statement that is no text', entry.replace('S.', '5'), ':1: statement must be a text, not 5'],
    ['no source', entry.replace('{ page: P }', '{}'), ':1: a requirement must cite a source (at #/0/source)'],
    ['an unknown source', entry.replace('page', 'blog'), ':1: "blog" is no member known here'],
    [
      'a need that is none',
      entry.replace('S.,', 'S., needs: [cancel.thrice],'),
      ':1: no requirement has the id cancel.thrice (at #/0/needs/0)',
    ],
    [
      'needs that are no list',
      entry.replace('S.,', 'S., needs: 1,'),
      ':1: needs must be a list of ids, not 1',
    ],
    [
      'another turn',
      entry.replace('S.,', 'S., told: first,'),
      ':1: told must be alone or beside, not "first"',
    ],
    ['an empty reason', entry.replace('S.,', "S., unchecked: '',"), ':1: unchecked must be a text, not ""'],
  ])('with %s is refused with its line', (_, text, words) => {
    expect(refusal(text)).toContain(file + words);
  });

  it('cannot be read from a file that is not there', () => {
    expect(() => loadRequirements(join(folder, 'none.yaml'))).toThrow(UserError);
  });
});
