/** The ledger: equal breaches are one cause, and what rests on a broken requirement is not checked. */

import { expect, it } from 'vitest';
import type { Circumstances } from '../fixtures/exchange.js';
import type { Requirement } from '../spec/requirements.js';
import { Ledger, type Outcome } from './ledger.js';

const requirement = (id: string, more: Partial<Requirement> = {}): Requirement => ({
  id,
  level: 'must',
  statement: 'It holds.',
  source: { rfc: 'RFC 9110 section 1' },
  needs: [],
  told: 'in turn',
  ...more,
});

const ORIGIN = { caseName: 'a.case', path: null, example: null };

function breach(ledger: Ledger, id: string, actual: string, circumstances: Circumstances = {}): void {
  ledger.broke(id, circumstances);
  ledger.find(
    { requirement: id, expected: '200', actual, exchange: null, trail: [], ofState: false },
    ORIGIN,
  );
}

function outcome(ledger: Ledger, id: string): Outcome {
  const found = ledger.outcomes().find((one) => one.requirement.id === id);
  if (found === undefined) throw new Error(`No outcome of ${id}.`);
  return found;
}

it('counts equal breaches as one cause, and names what all of them have in common', () => {
  const ledger = new Ledger([requirement('a.b')]);
  for (const type of ['text/plain', 'text/plain', 'application/json'])
    ledger.held('a.b', { Accept: type, token: 'valid' });
  for (const Accept of ['text/json', 'text/json']) breach(ledger, 'a.b', '500', { Accept, token: 'valid' });
  const { status, causes, conditions, checks, failures } = outcome(ledger, 'a.b');
  expect(status).toBe('fail');
  expect(causes.map(({ breach: { actual }, occurrences }) => [actual, occurrences])).toEqual([['500', 2]]);
  expect(conditions).toEqual(['Accept: text/json']);
  expect([checks, failures]).toEqual([5, 2]);
});

it('does not check what needs a requirement that never held', () => {
  const ledger = new Ledger([requirement('a.b'), requirement('c.d', { needs: ['a.b'] })]);
  breach(ledger, 'a.b', '400');
  breach(ledger, 'c.d', '400');
  expect(outcome(ledger, 'a.b').status).toBe('fail');
  expect(outcome(ledger, 'c.d')).toMatchObject({
    status: 'not-checked',
    reason: 'It takes a.b, which is broken.',
    causes: [],
  });
});

it('checks it where what it needs held now and then, or where it holds itself', () => {
  const ledger = new Ledger([
    requirement('a.b'),
    requirement('c.d', { needs: ['a.b'] }),
    requirement('e.f', { needs: ['g.h'] }),
    requirement('g.h'),
  ]);
  ledger.held('a.b', {});
  breach(ledger, 'a.b', '400');
  breach(ledger, 'c.d', '400');
  breach(ledger, 'g.h', '400');
  ledger.held('e.f', {});
  expect(['a.b', 'c.d', 'e.f', 'g.h'].map((id) => outcome(ledger, id).status)).toEqual([
    'fail',
    'fail',
    'pass',
    'fail',
  ]);
});

it('does not check what needs a requirement that was broken while nothing else was under way', () => {
  const ledger = new Ledger([requirement('a.b', { told: 'alone' }), requirement('c.d', { needs: ['a.b'] })]);
  ledger.held('a.b', {});
  breach(ledger, 'a.b', 'Cancelled');
  ledger.endOfTellingAlone();
  breach(ledger, 'c.d', 'Cancelled');
  expect(outcome(ledger, 'c.d').status).toBe('not-checked');
});

it('checks it where that one was broken only later, since what broke it may be the same', () => {
  const ledger = new Ledger([requirement('a.b', { told: 'alone' }), requirement('c.d', { needs: ['a.b'] })]);
  ledger.held('a.b', {});
  ledger.endOfTellingAlone();
  breach(ledger, 'a.b', 'Cancelled');
  breach(ledger, 'c.d', 'Cancelled');
  expect(outcome(ledger, 'c.d').status).toBe('fail');
});

it('judges what is selected though what it needs is left out', () => {
  const ledger = new Ledger(
    [requirement('a.b'), requirement('c.d', { needs: ['a.b'] })],
    (id) => id === 'c.d',
  );
  breach(ledger, 'a.b', '400');
  breach(ledger, 'c.d', '400');
  expect(outcome(ledger, 'c.d').status).toBe('fail');
});

it('says one thing of a target that answers nothing as declared', () => {
  const ledger = new Ledger([requirement('answer.status'), requirement('c.d')]);
  breach(ledger, 'answer.status', '404');
  breach(ledger, 'c.d', '404');
  expect(ledger.outcomes().map(({ status }) => status)).toEqual(['fail', 'not-checked']);
});
