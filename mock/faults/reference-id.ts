/** Faults in the referenceId of a 200: everything that happens to text on its way through a service. */

import { asksFor, not, ofNoReference, ofReferenceLike, withClientId } from '../conditions.js';
import { fault, success } from './define.js';

const reference = 'cancel.success.reference-id';
const referenceAndSchema = [reference, 'cancel.success.schema'];

const edited = (edit: (text: string) => unknown, condition = ofReferenceLike(/^/)) =>
  success(
    (body) =>
      typeof body['referenceId'] === 'string' ? { ...body, referenceId: edit(body['referenceId']) } : body,
    condition,
  );

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const codePoints = (text: string): readonly string[] => [...text];

export const referenceIdFaults = [
  fault(
    'reference.missing',
    reference,
    'A 200 has no referenceId, although one was given.',
    edited(() => undefined),
  ),
  fault(
    'reference.null',
    reference,
    'The referenceId of a 200 is null, although one was given.',
    edited(() => null),
  ),
  fault(
    'reference.empty',
    reference,
    'The referenceId of a 200 is empty, although one was given.',
    edited(() => ''),
  ),
  fault(
    'reference.uuid-in-lower-case',
    reference,
    'A referenceId that is a UUID comes back in lower case.',
    edited((text) => (/^[0-9a-f-]{36}$/i.test(text) ? text.toLowerCase() : text)),
  ),
  fault(
    'reference.date-rewritten',
    reference,
    'A referenceId that is a date and time comes back with milliseconds.',
    edited((text) => text.replace(/^(\d{4}-\d\d-\d\dT[\d:]{8})Z$/, '$1.000Z')),
  ),
  fault(
    'reference.date-completed',
    reference,
    'A referenceId that is a date comes back with a time.',
    edited((text) => text.replace(/^\d{4}-\d\d-\d\d$/, '$&T00:00:00Z')),
  ),
  fault(
    'reference.zeros-behind-lost',
    reference,
    'A referenceId that is a decimal fraction loses the zeros at its end.',
    edited((text) => text.replace(/^(\d+\.\d*?)0+$/, '$1')),
  ),
  fault(
    'reference.pipe-ends',
    reference,
    'A referenceId ends at a vertical bar.',
    edited((text) => text.split('|')[0]),
  ),
  fault(
    'reference.dots-behind-lost',
    reference,
    'Dots behind the referenceId are lost.',
    edited((text) => text.replace(/\.+$/, '')),
  ),
  fault(
    'reference.formula-escaped',
    reference,
    'A referenceId that begins with an equals sign comes back behind an apostrophe.',
    edited((text) => text.replace(/^=/, "'=")),
  ),
  fault(
    'reference.trimmed',
    reference,
    'White space around the referenceId is lost.',
    edited((text) => text.trim()),
  ),
  fault(
    'reference.trimmed-at-the-end',
    reference,
    'Spaces behind the referenceId are lost, as from a CHAR column.',
    edited((text) => text.replace(/ +$/, '')),
  ),
  fault(
    'reference.white-space-collapsed',
    reference,
    'Several spaces in the referenceId become one.',
    edited((text) => text.replace(/\s{2,}/g, ' ')),
  ),
  fault(
    'reference.no-break-space',
    reference,
    'A no-break space in the referenceId becomes a space.',
    edited((text) => text.replaceAll('\u00a0', ' ')),
  ),
  fault(
    'reference.line-ends',
    reference,
    'Line ends in the referenceId become \\n.',
    edited((text) => text.replace(/\r\n?/g, '\n')),
  ),
  fault(
    'reference.controls-lost',
    reference,
    'Control characters in the referenceId are lost.',
    edited((text) => text.replace(/\p{Cc}/gu, '')),
  ),
  fault(
    'reference.ends-at-nul',
    reference,
    'The referenceId ends at a NUL.',
    edited((text) => text.split('\0')[0]),
  ),
  fault(
    'reference.lower-case',
    reference,
    'The referenceId is in lower case.',
    edited((text) => text.toLowerCase()),
  ),
  fault(
    'reference.upper-case',
    reference,
    'The referenceId is in upper case.',
    edited((text) => text.toUpperCase()),
  ),
  fault(
    'reference.cut-at-50',
    reference,
    'The referenceId is cut after 50 characters.',
    edited((text) => codePoints(text).slice(0, 50).join('')),
  ),
  fault(
    'reference.cut-at-128',
    reference,
    'The referenceId is cut after 128 characters.',
    edited((text) => codePoints(text).slice(0, 128).join('')),
  ),
  fault(
    'reference.cut-at-255',
    reference,
    'The referenceId is cut after 255 characters.',
    edited((text) => codePoints(text).slice(0, 255).join('')),
  ),
  fault(
    'reference.cut-with-dots',
    reference,
    'A referenceId over 36 characters is shown with dots.',
    edited((text) => `${text.slice(0, 33)}...`, ofReferenceLike(/^.{37,}$/su)),
  ),
  fault(
    'reference.composed',
    reference,
    'The referenceId is normalised to NFC.',
    edited((text) => text.normalize('NFC')),
  ),
  fault(
    'reference.decomposed',
    reference,
    'The referenceId is normalised to NFD.',
    edited((text) => text.normalize('NFD')),
  ),
  fault(
    'reference.compatible',
    reference,
    'The referenceId is normalised to NFKC: ligatures and full-width letters are lost.',
    edited((text) => text.normalize('NFKC')),
  ),
  fault(
    'reference.accents-lost',
    reference,
    'Letters of the referenceId lose their accents.',
    edited((text) => text.normalize('NFD').replace(/\p{M}/gu, '')),
  ),
  fault(
    'reference.html-escaped',
    reference,
    'The referenceId is escaped for HTML.',
    edited((text) => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter)),
  ),
  fault(
    'reference.tags-lost',
    reference,
    'What looks like HTML tags in the referenceId is lost.',
    edited((text) => text.replace(/<[^>]*>?/g, '')),
  ),
  fault(
    'reference.ampersand-escaped-as-text-plain',
    reference,
    'An ampersand in the referenceId is escaped under text/plain alone.',
    edited((text) => text.replaceAll('&', '&amp;'), asksFor('text/plain')),
  ),
  fault(
    'reference.latin-1',
    reference,
    'The UTF-8 of the referenceId is read as ISO 8859-1.',
    edited((text) => Buffer.from(text).toString('latin1')),
  ),
  fault(
    'reference.ascii-only',
    reference,
    'Characters of the referenceId outside of ASCII become question marks.',
    edited((text) => text.replace(/[^\0-\x7f]/gu, '?')),
  ),
  fault(
    'reference.emoji-lost',
    reference,
    'Characters of the referenceId beyond U+FFFF are lost, as from a three-byte utf8 column.',
    edited((text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, '')),
  ),
  fault(
    'reference.emoji-halved',
    reference,
    'Characters of the referenceId beyond U+FFFF come back as one unpaired surrogate.',
    edited((text) => text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, (pair) => pair.charAt(0))),
  ),
  fault(
    'reference.joiners-lost',
    reference,
    'Invisible characters in the referenceId (zero-width, direction marks) are lost.',
    edited((text) => text.replace(/\p{Cf}/gu, '')),
  ),
  fault(
    'reference.number',
    referenceAndSchema,
    'A referenceId that looks like a number becomes one.',
    edited((text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text)),
  ),
  fault(
    'reference.leading-zeros',
    reference,
    'A referenceId of digits loses its leading zeros.',
    edited((text) => text.replace(/^0+(?=\d+$)/, '')),
  ),
  fault(
    'reference.exponent',
    reference,
    'A referenceId of more than 15 digits is written with an exponent, as a spreadsheet would.',
    edited((text) => (/^\d{16,}$/.test(text) ? Number(text).toExponential() : text)),
  ),
  fault(
    'reference.flag',
    referenceAndSchema,
    'A referenceId that reads true or false becomes a boolean.',
    edited((text) => (text === 'true' ? true : text === 'false' ? false : text)),
  ),
  fault(
    'reference.null-word',
    reference,
    'A referenceId that reads null becomes null.',
    edited((text) => (text === 'null' ? null : text)),
  ),
  fault(
    'reference.empty-is-null',
    reference,
    'A referenceId of white space alone becomes null.',
    edited((text) => (text.trim() === '' ? null : text)),
  ),
  fault(
    'reference.url-encoded',
    reference,
    'The referenceId is percent-encoded.',
    edited((text) => encodeURIComponent(text)),
  ),
  fault(
    'reference.url-decoded',
    reference,
    'Percent-encoded characters in the referenceId are decoded.',
    edited((text) => text.replace(/%[0-7][0-9a-f]/gi, (code) => decodeURIComponent(code))),
  ),
  fault(
    'reference.plus-as-space',
    reference,
    'A plus in the referenceId becomes a space.',
    edited((text) => text.replaceAll('+', ' ')),
  ),
  fault(
    'reference.backslash-lost',
    reference,
    'Backslashes in the referenceId are lost.',
    edited((text) => text.replaceAll('\\', '')),
  ),
  fault(
    'reference.quotes-doubled',
    reference,
    'Apostrophes in the referenceId are doubled, as for SQL.',
    edited((text) => text.replaceAll("'", "''")),
  ),
  fault(
    'reference.quotes-escaped-twice',
    reference,
    'Quotation marks in the referenceId are escaped twice.',
    edited((text) => text.replaceAll('"', '\\"')),
  ),
  fault(
    'reference.template-filled-in',
    reference,
    'What looks like the placeholder of a template in the referenceId is lost.',
    edited((text) => text.replace(/\$\{[^}]*\}|\{\{[^}]*\}\}/g, '')),
  ),
  fault(
    'reference.masked',
    reference,
    'All of the referenceId but its last four characters is masked.',
    edited((text) => text.replace(/.(?=.{4})/gsu, '*')),
  ),
  fault(
    'reference.quoted',
    reference,
    'The referenceId stands in quotation marks.',
    edited((text) => JSON.stringify(text)),
  ),
  fault(
    'reference.list',
    referenceAndSchema,
    'The referenceId of a 200 is a list.',
    edited((text) => [text]),
  ),
  fault(
    'reference.missing-with-client-id',
    reference,
    'A 200 has no referenceId where x-client-id was sent.',
    edited(() => undefined, withClientId),
  ),
  fault(
    'reference.lower-case-as-text-json',
    reference,
    'The referenceId is in lower case under text/json alone.',
    edited((text) => text.toLowerCase(), asksFor('text/json')),
  ),
  fault(
    'reference.null-where-long',
    reference,
    'A referenceId over 200 characters comes back as null.',
    edited(() => null, ofReferenceLike(/^.{201,}$/su)),
  ),
  fault(
    'reference.of-another-session',
    reference,
    'The referenceId of a 200 is that of the oldest session of the client.',
    success((body, call) => {
      const oldest = call.world.sessions.all().find((one) => one.account === call.token?.account);
      return { ...body, referenceId: oldest?.referenceId ?? body['referenceId'] };
    }),
  ),
  fault(
    'reference.of-the-session-id',
    reference,
    'The referenceId of a 200 is the sessionId.',
    success((body) => ({ ...body, referenceId: body['sessionId'] }), not(ofNoReference)),
  ),
  fault(
    'reference.invented',
    reference,
    'Where Initiate answered no referenceId, the 200 makes one up.',
    success((body) => ({ ...body, referenceId: `REF-${Date.now()}` }), ofNoReference),
  ),
  fault(
    'reference.small-number',
    reference,
    'A referenceId of up to nine digits comes back as a number.',
    edited((text) => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : text)),
  ),
  fault(
    'reference.json-parsed',
    reference,
    'A referenceId that is a JSON object comes back as one.',
    edited((text) => (text.startsWith('{"') && text.endsWith('}') ? JSON.parse(text) : text)),
  ),
];
