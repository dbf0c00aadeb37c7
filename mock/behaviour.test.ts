/** Steps that are exchanged: what the replacement is given, and when it is used. */

import { expect, test } from 'vitest';
import { type Call, type Condition, instead, type Steps, when } from './behaviour.js';
import { ordinarySteps } from './steps.js';

/** These steps look at nothing but the method. */
const call = (method: string): Call => ({ request: { method } }) as Call;

const read = (steps: Steps, segment: string, method = 'POST') => steps.readId(call(method), segment);

const id = 'aadd08f2-83ce-456d-84ed-c68cfed4ee7b';

test('a replacement may do without what it replaces, or pass it another input', async () => {
  const fixed = instead('readId', () => id)(ordinarySteps);
  const trimming = instead('readId', (_call, segment, ordinary) => ordinary(segment.trim()))(ordinarySteps);
  expect(await read(fixed, 'anything')).toBe(id);
  expect(await read(trimming, ` ${id} `)).toBe(id);
  expect(await read(trimming, 'x')).toBeUndefined();
});

test('other steps stay what they were', () => {
  const { readId: _, ...others } = instead('readId', () => id)(ordinarySteps);
  expect(ordinarySteps).toMatchObject(others);
});

test('a condition keeps the replacement to the requests that it holds for', async () => {
  const isPut: Condition = ({ request }) => request.method === 'PUT';
  const change = instead(
    'readId',
    when(isPut, (): string | undefined => id),
  );
  const steps = change(ordinarySteps);
  expect(await read(steps, 'x', 'PUT')).toBe(id);
  expect(await read(steps, 'x', 'POST')).toBeUndefined();
});

test('changes build on each other', async () => {
  const trims = instead('readId', (_call, segment, ordinary) => ordinary(segment.trim()));
  const unbraces = instead('readId', (_call, segment, ordinary) =>
    ordinary(segment.replace(/^\{(.*)\}$/, '$1')),
  );
  expect(await read(unbraces(trims(ordinarySteps)), `{ ${id} }`)).toBe(id);
});
