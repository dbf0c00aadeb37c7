/** References as clients may choose them, each with something that careless code changes. */

/** Some hold several such things; a property finds out which of them it was. */
export const references: readonly string[] = [
  'USER12345',
  '  padded  ',
  'two  spaces\tand\u00a0others',
  'lines\r\nof\ntext\u0000\u0001',
  'MiXeD-Case',
  'a/b\\c?d=e&f#g%41+%2B;,:@',
  `<b>"quoted" & 'quoted'</b> &amp; &#39;`,
  '{{name}} ${name} $(name) {0} %s',
  '"in quotes"',
  '000123',
  '12345678901234567890',
  '1e3',
  'true',
  'null',
  '',
  'é e\u0301 ﬁ Å',
  '🙂 👩‍👩‍👧 日本語 שלום İıſß \u200b',
  'x'.repeat(60),
  'long '.repeat(28),
  'é'.repeat(250),
  `${'y'.repeat(255)}!`,
];
