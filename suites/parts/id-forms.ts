/** Forms of an id that are not the text form of a UUID (RFC 9562 section 4), most of them near to a session's id. */

import fc from 'fast-check';
import { isUuid } from '../../spec/formats.js';

export interface AlteredId {
  readonly kind: string;
  /** What goes on the wire, given the id of a session. */
  readonly write: (id: string) => string;
}

/** The form of a session's id, as a manner of asking takes it. */
export const written = ({ kind, write }: AlteredId, id: string): { text: string; kind: string } => ({
  text: write(id),
  kind,
});

/** As near to an id as a malformed one can be. */
export const withADigitMore: AlteredId = { kind: 'with a digit more', write: (id) => `${id}0` };

const bare = (id: string) => id.replaceAll('-', '');

/** The id as a number in other digits, as libraries of ids write it. */
function inDigits(id: string, digits: string): string {
  const base = BigInt(digits.length);
  let text = '';
  for (let rest = BigInt(`0x${bare(id)}`); rest > 0n; rest /= base)
    text = digits.charAt(Number(rest % base)) + text;
  return text;
}

/** The changed text, or another that is no UUID where the id has nothing to change. */
const otherwise = (id: string, changed: string) => (changed === id ? `${id}g` : changed);

/** Of letters, digits, `-`, `_` and `~` alone, and made from the id of a session: none may cancel it. */
export const nearIds: readonly AlteredId[] = [
  { kind: 'without dashes', write: bare },
  { kind: 'without dashes, upper case', write: (id) => bare(id).toUpperCase() },
  { kind: 'without its last digit', write: (id) => id.slice(0, -1) },
  { kind: 'without its first digit', write: (id) => id.slice(1) },
  withADigitMore,
  { kind: 'with a digit before', write: (id) => `0${id}` },
  { kind: 'with a letter behind', write: (id) => `${id}x` },
  { kind: 'with a dash behind', write: (id) => `${id}-` },
  { kind: 'with a dash before', write: (id) => `-${id}` },
  { kind: 'with a tilde behind', write: (id) => `${id}~` },
  { kind: 'with an underscore behind', write: (id) => `${id}_` },
  { kind: 'with underscores for dashes', write: (id) => id.replaceAll('-', '_') },
  { kind: 'with its last dash left out', write: (id) => id.slice(0, 23) + id.slice(24) },
  {
    kind: 'with its first dash moved',
    write: (id) => `${bare(id).slice(0, 7)}-${bare(id).slice(7, 8)}${id.slice(9)}`,
  },
  { kind: 'with dashes doubled', write: (id) => id.replace('-', '--') },
  { kind: 'with g for its last digit', write: (id) => `${id.slice(0, -1)}g` },
  { kind: 'with z for its first digit', write: (id) => `z${id.slice(1)}` },
  { kind: 'with O for zeros', write: (id) => otherwise(id, id.replaceAll('0', 'O')) },
  { kind: 'with l for ones', write: (id) => otherwise(id, id.replaceAll('1', 'l')) },
  {
    kind: 'with leading zeros of groups left out',
    write: (id) => otherwise(id, id.replace(/(^|-)0+/g, '$1')),
  },
  { kind: 'with 0x before, and dashes', write: (id) => `0x${id}` },
  { kind: 'twice', write: (id) => id + id },
  { kind: 'with letters behind, up to 200', write: (id) => id.padEnd(200, 'x') },
  { kind: 'its first group', write: (id) => id.slice(0, 8) },
  { kind: 'its last group', write: (id) => id.slice(24) },
  { kind: 'its first seven digits', write: (id) => id.slice(0, 7) },
  { kind: 'its first two groups', write: (id) => id.slice(0, 13) },
  { kind: 'its first twelve digits', write: (id) => bare(id).slice(0, 12) },
  { kind: 'with sess_ before', write: (id) => `sess_${id}` },
  { kind: 'with session- before', write: (id) => `session-${id}` },
  { kind: 'with tildes for dashes', write: (id) => id.replaceAll('-', '~') },
  { kind: 'its first four groups', write: (id) => id.slice(0, 23) },
  { kind: 'with 0x before', write: (id) => `0x${bare(id)}` },
  { kind: 'in groups of four', write: (id) => bare(id).match(/.{4}/g)?.join('-') ?? '' },
  { kind: 'as base64url', write: (id) => Buffer.from(bare(id), 'hex').toString('base64url') },
  { kind: 'as a number', write: (id) => BigInt(`0x${bare(id)}`).toString() },
  { kind: 'in base 32', write: (id) => inDigits(id, '0123456789ABCDEFGHJKMNPQRSTVWXYZ').padStart(26, '0') },
  {
    kind: 'in base 58',
    write: (id) =>
      inDigits(id, '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz').padStart(22, '1'),
  },
];

/** The same characters, of no session. */
export const otherIds: readonly AlteredId[] = [
  ...['1', '0', '-1', 'abc', 'null', 'undefined', 'me', 'all', 'cancel', '-', '~', '_', 'true', 'NaN'].map(
    (text) => ({
      kind: text,
      write: () => text,
    }),
  ),
  ...['current', 'latest', '__proto__', 'constructor'].map((text) => ({ kind: text, write: () => text })),
  { kind: '36 letters that are no digits', write: () => 'zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz' },
  { kind: '32 zeros', write: () => '0'.repeat(32) },
  { kind: '36 dashes', write: () => '-'.repeat(36) },
  ...[64, 65, 100, 128, 129, 200].map((length) => ({
    kind: `${length} letters`,
    write: () => 'a'.repeat(length),
  })),
  { kind: '40 capital letters', write: () => 'A'.repeat(40) },
];

/** Ids that careless code takes for some session, the newest or the first. */
export const nobodysIds: readonly AlteredId[] = [
  { kind: 'nil', write: () => '00000000-0000-0000-0000-000000000000' },
  { kind: 'max', write: () => 'ffffffff-ffff-ffff-ffff-ffffffffffff' },
  { kind: 'none', write: () => '' },
  { kind: 'an asterisk', write: () => '*' },
];

/** The first decimal digit of the id in another script, which normalises to the same. */
function withDigitLike(id: string, zero: number): string {
  return id.replace(/\d|$/, (digit) => encodeURIComponent(String.fromCodePoint(zero + Number(digit))));
}

/** Ids that an HTTP parser, a gateway or a router may refuse before the operation sees them. */
export const oddIds: readonly AlteredId[] = [
  { kind: 'in braces', write: (id) => `{${id}}` },
  { kind: 'in encoded braces', write: (id) => `%7B${id}%7D` },
  { kind: 'in parentheses', write: (id) => `(${id})` },
  { kind: 'in encoded quotes', write: (id) => `%22${id}%22` },
  { kind: 'in single quotes', write: (id) => `'${id}'` },
  { kind: 'in angle brackets', write: (id) => `%3C${id}%3E` },
  { kind: 'with dots for dashes', write: (id) => id.replaceAll('-', '.') },
  { kind: 'with colons for dashes', write: (id) => id.replaceAll('-', ':') },
  { kind: 'with spaces for dashes', write: (id) => id.replaceAll('-', '%20') },
  ...Object.entries({
    'en dashes': '%E2%80%93',
    hyphens: '%E2%80%90',
    'no-break hyphens': '%E2%80%91',
    'minus signs': '%E2%88%92',
  }).map(([signs, sign]) => ({
    kind: `with ${signs} for dashes`,
    write: (id: string) => id.replaceAll('-', sign),
  })),
  { kind: 'behind urn:uuid:', write: (id) => `urn:uuid:${id}` },
  { kind: 'behind uuid:', write: (id) => `uuid:${id}` },
  { kind: 'behind URN:UUID:', write: (id) => `URN:UUID:${id}` },
  { kind: 'encoded twice', write: (id) => `%25${id.charCodeAt(0).toString(16)}${id.slice(1)}` },
  { kind: 'behind encoded urn:uuid:', write: (id) => `urn%3Auuid%3A${id}` },
  { kind: 'with a space behind', write: (id) => `${id}%20` },
  { kind: 'with a space before', write: (id) => `%20${id}` },
  { kind: 'with a plus behind', write: (id) => `${id}+` },
  { kind: 'with a tab behind', write: (id) => `${id}%09` },
  { kind: 'with a line break behind', write: (id) => `${id}%0A` },
  { kind: 'with a carriage return and line break behind', write: (id) => `${id}%0D%0A` },
  { kind: 'with NUL behind', write: (id) => `${id}%00` },
  { kind: 'with NUL and letters behind', write: (id) => `${id}%00abc` },
  { kind: 'with a no-break space behind', write: (id) => `${id}%C2%A0` },
  { kind: 'with a no-break space before', write: (id) => `%C2%A0${id}` },
  { kind: 'with an ideographic space before', write: (id) => `%E3%80%80${id}` },
  { kind: 'with a file separator behind', write: (id) => `${id}%1C` },
  { kind: 'with a unit separator before', write: (id) => `%1F${id}` },
  { kind: 'with a zero-width space behind', write: (id) => `${id}%E2%80%8B` },
  { kind: 'with a byte order mark before', write: (id) => `%EF%BB%BF${id}` },
  { kind: 'with a semicolon parameter', write: (id) => `${id};v=1` },
  { kind: 'with a comma and another', write: (id) => `${id},${id}` },
  { kind: 'with a dot behind', write: (id) => `${id}.` },
  { kind: 'with .json behind', write: (id) => `${id}.json` },
  { kind: 'with an encoded slash and more behind', write: (id) => `${id}%2Fx` },
  { kind: 'with an encoded slash for a dash', write: (id) => id.replace('-', '%2F') },
  { kind: 'with an encoded backslash behind', write: (id) => `${id}%5C` },
  { kind: 'with an encoded percent behind', write: (id) => `${id}%25` },
  { kind: 'with a broken escape behind', write: (id) => `${id}%` },
  { kind: 'with a broken escape of letters', write: (id) => `${id}%zz` },
  { kind: 'with a full-width digit', write: (id) => withDigitLike(id, 0xff10) },
  { kind: 'with an Arabic digit', write: (id) => withDigitLike(id, 0x0660) },
  { kind: 'with a mathematical digit', write: (id) => withDigitLike(id, 0x1d7ce) },
  { kind: 'with an emoji behind', write: (id) => `${id}%F0%9F%99%82` },
  { kind: 'with an encoded question mark behind', write: (id) => `${id}%3Fx` },
  { kind: 'with an encoded hash behind', write: (id) => `${id}%23x` },
  { kind: 'as sixteen bytes', write: (id) => bare(id).replace(/../g, '%$&') },
  { kind: 'with bytes that are not UTF-8', write: (id) => `${id}%C3%28` },
  { kind: 'with a raw letter beyond ASCII', write: (id) => `${id}é` },
  { kind: 'with an asterisk behind', write: (id) => `${id}*` },
  { kind: 'an asterisk', write: () => '*' },
  { kind: 'none', write: () => '' },
  { kind: 'a dot', write: () => '.' },
  { kind: 'two dots', write: () => '..' },
  { kind: 'an encoded dot', write: () => '%2e%2e' },
  { kind: 'a quote and SQL', write: (id) => `${id}'%20OR%20'1'='1` },
  { kind: 'an encoded line of script', write: () => '%3Cscript%3E' },
  { kind: 'a template', write: () => '%7B%7BsessionId%7D%7D' },
  { kind: '201 digits', write: () => '1'.repeat(201) },
  { kind: '2,000 letters', write: () => 'a'.repeat(2000) },
  { kind: 'the id and 300 digits', write: (id) => id + '0'.repeat(300) },
];

/** One or two small changes to the id, which leave it malformed. */
export function malformedId(): fc.Arbitrary<AlteredId> {
  const character = fc.constantFrom(...'0123456789abcdefABCDEFghxyzGZ-_~');
  const change = fc.record({
    place: fc.nat(36),
    how: fc.constantFrom('insert', 'remove', 'replace'),
    character,
  });
  return fc.array(change, { minLength: 1, maxLength: 2 }).map((changes) => ({
    kind: 'changed at random',
    write: (id) => {
      const text = changes.reduce(apply, id);
      // A change that leaves a UUID makes it longer, which never does.
      return isUuid(text) || text === '' ? `${text}0` : text;
    },
  }));
}

function apply(
  text: string,
  { place, how, character }: { place: number; how: string; character: string },
): string {
  const behind = how === 'insert' ? place : place + 1;
  return text.slice(0, place) + (how === 'remove' ? '' : character) + text.slice(behind);
}
