/** Tests of media types and ranges. */

import { describe, expect, it } from 'vitest';
import { covers, essenceOf } from './media-type.js';

describe('a media type', () => {
  it('is known by its essence, without case and parameters', () => {
    expect(essenceOf(' Text/JSON ; charset=UTF-8')).toBe('text/json');
    expect(essenceOf('')).toBe('');
  });

  it.each([
    ['text/plain', 'TEXT/plain;charset=utf-8'],
    ['Text/*', 'text/plain'],
    ['*/*', 'image/png'],
  ])('declared as %s covers %s', (declared, mediaType) => {
    expect(covers(declared, mediaType)).toBe(true);
  });

  it.each([
    ['application/json', 'application/problem+json'],
    ['text/*', 'application/json'],
    ['*/*', ''],
    ['*/*', 'text'],
    ['text/plain', 'text/*'],
  ])('declared as %s does not cover %j', (declared, mediaType) => {
    expect(covers(declared, mediaType)).toBe(false);
  });
});
