/** References as clients may choose them, each with something that careless code changes. */

import { EXAMPLE_REFERENCE } from '../../fixtures/sessions/initiating.js';

/** Much of it at once, for where sessions are few. */
export const everythingAtOnce = `  A/b\\c?d=e&f#g%41+%2B;,:@  <b>"x" & 'y'</b> &amp; 001 e\u0301 \u00e9 \u{1f642} ${'z'.repeat(100)} `;

/** Each a session: some hold several such things, and a property finds out which of them it was. */
export const references: readonly string[] = [
  EXAMPLE_REFERENCE,
  '  padded,  two  spaces\tand\u00a0others  ',
  'lines\r\nof\ntext\u0000\u0001',
  'MiXeD-Case a/b\\c?d=e&f#g%41+%2B;,:@ Jane.Doe+1@Example.COM SIN 046454286 | and so on...',
  `<b>"quoted" & 'quoted'</b> &amp; &#39; {{name}} \${name} $(name) {0} %s`,
  '"in quotes"',
  '000123',
  '2026-01-31T00:00:00Z',
  '2026-01-31',
  '6F9619FF-8B86-D011-B42D-00C04FC964FF',
  '=1+1',
  '1.50',
  '4000000000000002',
  '12345',
  '{"a":1}',
  '12345678901234567890',
  '1e3',
  'true',
  'null',
  '',
  '\u2013 \u2018x\u2019 \u2028 \u200f\ufffe é e\u0301 ﬁ Å',
  '🙂 👩‍👩‍👧 日本語 שלום İıſß \u200b',
  'é'.repeat(250),
  `${'y '.repeat(127)}z!`,
];
