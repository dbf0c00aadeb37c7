/** Accept headers, and the declared type that each asks for. */

import { expect, test } from 'vitest';
import { acceptable } from './negotiation.js';

test.each([
  [undefined, 'application/json'],
  ['', 'application/json'],
  ['*/*', 'application/json'],
  ['text/plain', 'text/plain'],
  ['TEXT/JSON', 'text/json'],
  ['text/*', 'text/json'],
  ['text/plain, application/json', 'application/json'],
  ['application/json;q=0.2, text/plain;q=0.8', 'text/plain'],
  ['*/*;q=0.1, text/plain;q=0.2', 'text/plain'],
  ['text/*;q=0.9, text/json;q=0.1, application/xml', 'text/plain'],
  ['application/json;q=0, */*;q=0.5', 'text/json'],
  ['application/xml', undefined],
  ['application/xml, text/plain;q=0.001', 'text/plain'],
])('%s asks for %s', (accept, expected) => {
  expect(acceptable(accept)).toBe(expected);
});
