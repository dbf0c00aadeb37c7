/** Variants of media types, charsets and content codings. */

import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { empty, html, text } from '../answers.js';
import { type Answer, type Change, type Condition, instead, when } from '../behaviour.js';
import { both } from '../conditions.js';
import { acceptable, mediaTypes, parseAccept } from '../negotiation.js';
import { answer, isCancel, toCancel, variant } from './define.js';

/** Node writes no charset but its own; what a text/* type names is what its bytes are in. */
const inCharset = (charset: string, encode: (json: string) => Buffer): Change =>
  answer((one) => {
    const type = String(one.headers['Content-Type']);
    if (!type.startsWith('text/')) return one;
    const headers = { ...one.headers, 'Content-Type': type.replace('utf-8', charset) };
    return { ...one, headers, body: encode(one.body.toString()) };
  }, toCancel);

const escapedAbove = (limit: number, json: string): string =>
  [...Array(json.length).keys()]
    .map((at) => json.charCodeAt(at))
    .map((unit) => (unit > limit ? `\\u${unit.toString(16).padStart(4, '0')}` : String.fromCharCode(unit)))
    .join('');

const contentType = (rename: (type: string) => string): Change =>
  answer((one) => {
    const type = one.headers['Content-Type'];
    return typeof type === 'string'
      ? { ...one, headers: { ...one.headers, 'Content-Type': rename(type) } }
      : one;
  }, toCancel);

const bareType = (type: string): string => type.replace(/;.*/, '');

const compressed = (coding: string, compress: (bytes: Buffer) => Buffer): Change =>
  answer((one, call): Answer => {
    const offered = (call.request.header('accept-encoding')[0] ?? '').split(',').map((part) => part.trim());
    if (!offered.includes(coding) || one.body.length === 0) return one;
    const codings = [one.headers['Content-Encoding'], coding].filter((name) => name !== undefined).join(', ');
    return {
      ...one,
      headers: { ...one.headers, 'Content-Encoding': codings, Vary: 'Accept-Encoding' },
      body: compress(one.body),
    };
  });

const unacceptable: Condition = (call) => acceptable(call.request.accept) === undefined;

const refuses = (by: () => Answer): Change =>
  instead(
    'serve',
    when(both(isCancel, unacceptable), () => by()),
  );

const accepted = (condition: Condition, choose: (accept: string) => string): Change =>
  instead(
    'mediaType',
    when(condition, (_call, accept): string => choose(accept ?? '')),
  );

/** Nothing is asked for but what is declared, and nothing is preferred. */
const withoutWishes: Condition = (call) => /^(\*\/\*)?$/.test(call.request.accept ?? '');

const plainList: Condition = (call) => {
  const ranges = parseAccept(call.request.accept ?? '');
  return ranges.length > 1 && ranges.every(({ quality }) => quality === 1) && !unacceptable(call);
};

/** Of a list whose types are all as welcome, the last one that is declared. */
const lastOf = (accept: string): string =>
  parseAccept(accept).findLast(({ type }) => mediaTypes.some((one) => one === type))?.type ??
  acceptable(accept) ??
  mediaTypes[0];

export const mediaVariants = [
  variant(
    'media.default-text-plain',
    'Without an Accept header, or for */*, the answer is text/plain.',
    accepted(withoutWishes, () => 'text/plain'),
  ),
  variant(
    'media.default-text-json',
    'Without an Accept header, or for */*, the answer is text/json.',
    accepted(withoutWishes, () => 'text/json'),
  ),
  variant(
    'media.last-of-a-list',
    'Of a list without quality values the last declared type is taken.',
    accepted(both(plainList), lastOf),
  ),
  variant(
    'media.unacceptable-empty-406',
    'Where nothing declared is acceptable, the answer is 406 with no body.',
    refuses(() => empty(406)),
  ),
  variant(
    'media.unacceptable-text-406',
    'Where nothing declared is acceptable, the answer is 406 with a sentence.',
    refuses(() => text(406, 'Not acceptable')),
  ),
  variant(
    'media.unacceptable-html-406',
    'Where nothing declared is acceptable, the answer is 406 with a page.',
    refuses(() => html(406, 'Not acceptable', { Connection: 'close' })),
  ),
  variant(
    'media.unacceptable-text-plain',
    'Where nothing declared is acceptable, the answer is text/plain.',
    accepted(both(toCancel, unacceptable), () => 'text/plain'),
  ),
  variant(
    'media.mixed-case',
    'Media types are written in mixed letter case.',
    contentType((type) => type.replace('application/json', 'Application/Json').replace('text/', 'Text/')),
  ),
  variant(
    'media.quoted-charset',
    'The charset is in upper case and stands in quotation marks.',
    contentType((type) => `${bareType(type)};charset="UTF-8"`),
  ),
  variant('media.no-parameters', 'Media types have no parameters.', contentType(bareType)),
  variant(
    'media.more-parameters',
    'Media types have further parameters.',
    contentType((type) => `${bareType(type)} ; odata.metadata=minimal; charset=utf-8; v="2; a"`),
  ),
  variant(
    'charset.latin-1',
    'The text types are in ISO 8859-1, and say so.',
    inCharset('iso-8859-1', (json) => Buffer.from(escapedAbove(0xff, json), 'latin1')),
  ),
  variant(
    'charset.ascii',
    'The text types are in US-ASCII, and say so.',
    inCharset('us-ascii', (json) => Buffer.from(escapedAbove(0x7f, json))),
  ),
  variant(
    'charset.utf-16',
    'The text types are in UTF-16LE, and say so.',
    inCharset('utf-16le', (json) => Buffer.from(json, 'utf16le')),
  ),
  variant('coding.gzip', 'Bodies are gzipped where that is offered.', compressed('gzip', gzipSync)),
  variant('coding.deflate', 'Bodies are deflated where that is offered.', compressed('deflate', deflateSync)),
  variant('coding.br', 'Bodies are in Brotli where that is offered.', compressed('br', brotliCompressSync)),
  variant('coding.stacked', 'Bodies are in Brotli, and that is gzipped, where both are offered.', [
    compressed('br', brotliCompressSync),
    compressed('gzip', gzipSync),
  ]),
  variant(
    'coding.identity',
    'Bodies say that their content coding is identity.',
    answer((one) => ({ ...one, headers: { ...one.headers, 'Content-Encoding': 'identity' } }), toCancel),
  ),
];
