/** The catalogues of faults and variants: what they name exists, and each of their entries can be served. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { faults } from './faults/index.js';
import { startMock } from './service.js';
import { variants } from './variants/index.js';

interface Requirement {
  readonly id: string;
  readonly level: string;
  readonly unchecked?: string;
}

const requirements: readonly Requirement[] = parse(
  readFileSync(new URL('../spec/requirements.yaml', import.meta.url), 'utf8'),
);

const levels = new Map(requirements.map(({ id, level }) => [id, level]));

const repeated = (ids: readonly string[]): readonly string[] =>
  ids.filter((id, at) => ids.indexOf(id) !== at);

test('ids are unique', () => {
  expect(repeated(faults.map(({ id }) => id))).toEqual([]);
  expect(repeated(variants.map(({ id }) => id))).toEqual([]);
});

test('statements are unique sentences', () => {
  const statements = [...faults, ...variants].map(({ statement }) => statement);
  expect(statements.filter((statement) => !/^[A-Z0-9].*\.$/.test(statement))).toEqual([]);
  expect(repeated(faults.map(({ statement }) => statement))).toEqual([]);
  expect(repeated(variants.map(({ statement }) => statement))).toEqual([]);
});

test('faults break requirements that exist', () => {
  expect(faults.filter(({ breaks }) => breaks.length === 0 || breaks.some((id) => !levels.has(id)))).toEqual(
    [],
  );
});

test('the one meant to catch a fault decides wherever one of them does', () => {
  const undecided = faults.filter(
    ({ breaks: [first = ''], breaks }) =>
      levels.get(first) !== 'must' && breaks.some((id) => levels.get(id) === 'must'),
  );
  expect(undecided).toEqual([]);
});

test('every requirement that can be checked has a fault that is meant to break it', () => {
  const broken = new Set(faults.map(({ breaks }) => breaks[0]));
  const untested = requirements.filter(({ id, unchecked }) => unchecked === undefined && !broken.has(id));
  expect(untested.map(({ id }) => id)).toEqual([]);
});

test('variants disregard nothing that decides a verdict', () => {
  const disregarded = variants.flatMap(({ disregards }) => disregards);
  expect(disregarded.filter((id) => levels.get(id) !== 'should')).toEqual([]);
});

async function startedAndClosed(behaviour: { fault: string } | { variant: string }): Promise<string> {
  const mock = await startMock(behaviour);
  await mock.close();
  return mock.url;
}

test('every fault can be started and closed', async () => {
  for (const { id } of faults) expect(await startedAndClosed({ fault: id }), id).toMatch(/^http:/);
});

test('every variant can be started and closed', async () => {
  for (const { id } of variants) expect(await startedAndClosed({ variant: id }), id).toMatch(/^http:/);
});
