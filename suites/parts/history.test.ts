import { describe, expect, test } from 'vitest';
import { type Act, disorderOf } from './history.js';

const cancel = (start: number, end: number, told: number): Act => ({ does: 'cancel', start, end, told });
const read = (start: number, end: number, told: string): Act => ({ does: 'read', start, end, told });
const disorder = (...history: Act[]) => disorderOf(history, 'Initiated')?.requirement ?? null;

describe('an order is found', () => {
  test.each<[string, Act[]]>([
    ['where nobody cancels', [read(0, 1, 'Initiated')]],
    ['for one after another', [read(0, 1, 'Initiated'), cancel(2, 3, 200), read(4, 5, 'Cancelled')]],
    [
      'where a read overlaps the cancel, and sees either',
      [cancel(0, 9, 200), read(1, 2, 'Initiated'), read(3, 4, 'Cancelled')],
    ],
    ['where the one that is refused is answered first', [cancel(0, 9, 200), cancel(1, 2, 400)]],
    [
      'where two reads overlap and see both',
      [cancel(0, 9, 200), read(1, 4, 'Cancelled'), read(2, 5, 'Initiated')],
    ],
  ])('%s', (_, history) => {
    expect(disorder(...history)).toBe(null);
  });
});

describe('no order is found', () => {
  test.each<[string, string, Act[]]>([
    ['where two win', 'cancel.concurrent', [cancel(0, 5, 200), cancel(1, 6, 200)]],
    ['where nobody wins', 'cancel.concurrent', [cancel(0, 5, 400), cancel(1, 6, 400)]],
    ['where one is refused otherwise', 'cancel.concurrent', [cancel(0, 5, 200), cancel(1, 6, 409)]],
    ['where it ended before it was cancelled', 'cancel.concurrent', [cancel(0, 1, 400), cancel(2, 3, 200)]],
    [
      'where a read behind the 200 sees it active',
      'cancel.immediate',
      [cancel(0, 1, 200), read(2, 3, 'Initiated')],
    ],
    [
      'where a read sees it active behind one that saw its end',
      'cancel.lasting',
      [cancel(0, 9, 200), read(1, 2, 'Cancelled'), read(3, 4, 'Initiated')],
    ],
    [
      'where a read sees it active behind a refusal',
      'cancel.lasting',
      [cancel(0, 9, 200), cancel(1, 2, 400), read(3, 4, 'Initiated')],
    ],
  ])('%s', (_, requirement, history) => {
    expect(disorder(...history)).toBe(requirement);
  });
});
