/** Faults in the bytes of a body: not JSON, not UTF-8, not in the coding that was offered, not whole. */

import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Answer, Change, Condition } from '../behaviour.js';
import {
  always,
  asksFor,
  badRequest,
  both,
  ofEvery,
  ofNoReference,
  ofReferenceLike,
  oneIn,
  refused,
  succeeded,
  unauthorized,
  withClientId,
  withHeader as withSentHeader,
} from '../conditions.js';
import { answer, body, fault, refusal } from './define.js';

const json = 'answer.json';
const coding = 'answer.content-coding';

const withHeader =
  (name: string, value: string) =>
  (one: Answer): Answer => ({ ...one, headers: { ...one.headers, [name]: value } });

const encodedAs = (label: string, encode: (bytes: Buffer) => Buffer, condition: Condition = always): Change =>
  answer((one) => withHeader('Content-Encoding', label)({ ...one, body: encode(one.body) }), condition);

const offered =
  (name: string): Condition =>
  (call) =>
    (call.request.header('accept-encoding')[0] ?? '').includes(name);

const notOffered =
  (name: string): Condition =>
  (call) =>
    !/\*/.test(call.request.header('accept-encoding')[0] ?? '') && !offered(name)(call);

/** The charset that the body is said to be in. */
const labelled =
  (charset: string) =>
  (one: Answer): Answer => ({
    ...one,
    headers: {
      ...one.headers,
      'Content-Type': String(one.headers['Content-Type']).replace(/charset=.*/, `charset=${charset}`),
    },
  });

const half = (text: string): string => text.slice(0, Math.floor(text.length / 2));

const isText: Condition = (call) => call.request.accept?.startsWith('text/') === true;

const notAscii = ofReferenceLike(/[^\0-\x7f]/);

/** The JSON of an object nested so deep that parsers with a limit give up. */
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

const withMember = (text: string, member: string): string => text.replace(/^\{/, `{${member},`);

export const encodingFaults = [
  fault(
    'body.empty',
    json,
    'A 200 has an empty body.',
    body(() => '', succeeded),
  ),
  fault(
    'body.empty-for-400',
    json,
    'A 400 has an empty body.',
    body(() => '', badRequest),
  ),
  fault(
    'body.empty-for-401',
    json,
    'A 401 has an empty body.',
    body(() => '', unauthorized),
  ),
  fault(
    'body.empty-as-text-json',
    json,
    'A 200 in text/json has an empty body.',
    body(() => '', both(succeeded, asksFor('text/json'))),
  ),
  fault('body.halved', json, 'The body of a 200 ends in the middle.', body(half, succeeded)),
  fault('body.halved-for-400', json, 'The body of a 400 ends in the middle.', body(half, badRequest)),
  fault(
    'body.last-byte-lost',
    json,
    'The last byte of a body with characters outside of ASCII is lost: lengths are counted in characters.',
    body((text) => Buffer.from(text).subarray(0, text.length), both(succeeded, notAscii)),
  ),
  fault(
    'body.halved-at-random',
    json,
    'One body in ten, at random, ends in the middle.',
    body(half, oneIn(10)),
  ),
  fault('body.halved-every-13th', json, 'Every thirteenth body ends in the middle.', body(half, ofEvery(13))),
  fault(
    'body.in-a-string',
    'answer.problem.schema',
    'A problem is JSON in a JSON string.',
    body((text) => JSON.stringify(text), refused),
  ),
  fault(
    'body.trailing-comma',
    json,
    'A comma stands behind the last member.',
    body((text) => text.replace(/\}$/, ',}')),
  ),
  fault(
    'body.trailing-garbage',
    json,
    'Something stands behind the JSON.',
    body((text) => `${text}\n<!-- cached -->`),
  ),
  fault(
    'body.twice',
    json,
    'The JSON stands there twice.',
    body((text) => text + text),
  ),
  fault(
    'body.twice-for-401',
    json,
    'The JSON of a 401 stands there twice, once from each middleware.',
    body((text) => text + text, unauthorized),
  ),
  fault(
    'body.hijacking-guard',
    json,
    'A guard against JSON hijacking stands before the JSON.',
    body((text) => `)]}',\n${text}`),
  ),
  fault(
    'body.callback',
    json,
    'The JSON is the argument of a callback.',
    body((text) => `callback(${text});`),
  ),
  fault(
    'body.single-quotes',
    json,
    'Strings stand in single quotes.',
    body((text) => text.replaceAll('"', "'")),
  ),
  fault(
    'body.bare-names',
    json,
    'The names of members stand without quotes.',
    body((text) => text.replace(/"(\w+)":/g, '$1:')),
  ),
  fault(
    'body.not-a-number',
    json,
    'A problem has a member that is NaN.',
    body((text) => withMember(text, '"retryAfter":NaN'), refused),
  ),
  fault(
    'body.undefined',
    json,
    'A referenceId that is not there is undefined.',
    body(
      (text) => text.replace('"referenceId":null', '"referenceId":undefined'),
      both(succeeded, ofNoReference),
    ),
  ),
  fault(
    'body.comment',
    json,
    'A comment stands in the JSON.',
    body((text) => `/* generated */ ${text}`),
  ),
  fault(
    'body.form',
    json,
    'A 400 is a form.',
    body(() => 'title=Bad+Request&status=400', badRequest),
  ),
  fault(
    'body.xml',
    json,
    'A 401 is XML.',
    body(() => '<problem><status>401</status></problem>', unauthorized),
  ),
  fault(
    'body.quotes-not-escaped',
    json,
    'Quotation marks in the referenceId are not escaped.',
    body((text) => text.replaceAll('\\"', '"'), succeeded),
  ),
  fault(
    'body.backslashes-not-escaped',
    json,
    'Backslashes in the referenceId are not escaped.',
    body((text) => text.replaceAll('\\\\', '\\'), succeeded),
  ),
  fault(
    'body.controls-not-escaped',
    json,
    'Line ends and tabs in the referenceId are not escaped.',
    body((text) => text.replaceAll('\\n', '\n').replaceAll('\\r', '\r').replaceAll('\\t', '\t'), succeeded),
  ),
  fault(
    'body.nested',
    json,
    'A problem is nested 2,000 deep.',
    body((text) => withMember(text, `"inner":${nested(2_000)}`), refused),
  ),
  fault(
    'body.utf-16',
    json,
    'Bodies are in UTF-16, and say UTF-8.',
    body((text) => Buffer.from(text, 'utf16le')),
  ),
  fault(
    'body.utf-16-for-401',
    json,
    'The body of a 401 is in UTF-16, and says UTF-8.',
    body((text) => Buffer.from(text, 'utf16le'), unauthorized),
  ),
  fault(
    'body.latin-1',
    [json, 'cancel.success.reference-id'],
    'Bodies are in ISO 8859-1, and say UTF-8.',
    body((text) => Buffer.from(text, 'latin1'), succeeded),
  ),
  fault(
    'body.latin-1-problem',
    json,
    'Problems are in ISO 8859-1 with an accent in the title, and say UTF-8.',
    body(
      (text) => Buffer.from(text.replace(/"title":"[^"]*"/, '"title":"Requête refusée"'), 'latin1'),
      refused,
    ),
  ),
  fault(
    'body.utf-16-label',
    json,
    'Under text/* bodies are in UTF-8, and say UTF-16.',
    answer((one) => labelled('utf-16')(one), isText),
  ),
  fault(
    'body.latin-1-label',
    [json, 'cancel.success.reference-id'],
    'Under text/* a 200 is in UTF-8, and says ISO 8859-1.',
    answer((one) => labelled('iso-8859-1')(one), both(isText, succeeded)),
  ),
  fault(
    'body.surrogates-apart',
    [json, 'cancel.success.reference-id'],
    'A character beyond U+FFFF is written as two surrogates of three bytes each (CESU-8).',
    body(
      (text) => Buffer.concat([...text].map(cesu)),
      both(succeeded, ofReferenceLike(/[\u{10000}-\u{10ffff}]/u)),
    ),
  ),
  fault(
    'body.byte-order-mark',
    'answer.byte-order-mark',
    'A byte order mark stands before the JSON.',
    body((text) => `\ufeff${text}`),
  ),
  fault(
    'body.byte-order-mark-for-400',
    'answer.byte-order-mark',
    'A byte order mark stands before the JSON of a 400.',
    body((text) => `\ufeff${text}`, badRequest),
  ),
  fault(
    'body.byte-order-mark-as-text-plain',
    'answer.byte-order-mark',
    'A byte order mark stands before the JSON in text/plain.',
    body((text) => `\ufeff${text}`, asksFor('text/plain')),
  ),
  fault(
    'body.member-twice',
    'answer.unique-members',
    'The status of a 200 stands there twice.',
    body((text) => withMember(text, '"status":"Cancelled"'), succeeded),
  ),
  fault(
    'body.problem-member-twice',
    'answer.unique-members',
    'The title of a problem stands there twice.',
    body((text) => withMember(text, '"title":"Error"'), refused),
  ),
  fault(
    'body.inner-member-twice',
    'answer.unique-members',
    'In an extension of a problem a member stands there twice.',
    body((text) => withMember(text, '"trace":{"id":"1","id":"2"}'), refused),
  ),
  fault(
    'body.member-twice-with-client-id',
    'answer.unique-members',
    'The sessionId of a 200 stands there twice where x-client-id was sent.',
    body((text) => text.replace(/("sessionId":"[^"]*")/, '$1,$1'), both(succeeded, withClientId)),
  ),
  fault(
    'coding.gzip-not-offered',
    coding,
    'Bodies are gzipped where nobody offered it.',
    encodedAs('gzip', gzipSync, notOffered('gzip')),
  ),
  fault(
    'coding.gzip-for-any-offer',
    coding,
    'Bodies are gzipped where any coding is offered.',
    encodedAs('gzip', gzipSync, both(withSentHeader('accept-encoding'), notOffered('gzip'))),
  ),
  fault(
    'coding.gzip-alone-cut',
    [coding, json],
    'Where gzip alone is offered, its last bytes are missing.',
    encodedAs(
      'gzip',
      (bytes) => gzipSync(bytes).subarray(0, -12),
      (call) => call.request.header('accept-encoding')[0] === 'gzip',
    ),
  ),
  fault(
    'coding.br-not-offered',
    coding,
    'Bodies are in Brotli where nobody offered it.',
    encodedAs('br', brotliCompressSync, notOffered('br')),
  ),
  fault(
    'coding.zstd-label',
    coding,
    'Bodies say zstd, which nobody offered.',
    encodedAs('zstd', (bytes) => bytes, notOffered('zstd')),
  ),
  fault(
    'coding.gzip-for-401-not-offered',
    coding,
    'A 401 is gzipped where nobody offered it.',
    encodedAs('gzip', gzipSync, both(unauthorized, notOffered('gzip'))),
  ),
  fault(
    'coding.label-alone',
    [coding, json],
    'Bodies say gzip and are not.',
    encodedAs('gzip', (bytes) => bytes),
  ),
  fault(
    'coding.label-missing',
    json,
    'Bodies are gzipped and do not say so.',
    answer((one) => ({ ...one, body: gzipSync(one.body) }), offered('gzip')),
  ),
  fault(
    'coding.label-wrong',
    [coding, json],
    'Bodies say gzip and are deflated.',
    encodedAs('gzip', deflateSync, offered('gzip')),
  ),
  fault(
    'coding.gzip-cut',
    [coding, json],
    'The gzip of a body ends in the middle.',
    encodedAs('gzip', (bytes) => gzipSync(bytes).subarray(0, 40), offered('gzip')),
  ),
  fault(
    'coding.gzip-checksum',
    [coding, json],
    'The checksum of the gzip of a body is wrong.',
    encodedAs(
      'gzip',
      (bytes) => {
        const zipped = gzipSync(bytes);
        zipped.writeUInt32LE(0x12345678, zipped.length - 8);
        return zipped;
      },
      offered('gzip'),
    ),
  ),
  fault(
    'coding.gzip-twice',
    [coding, json],
    'Bodies are gzipped twice, and say it once.',
    encodedAs('gzip', (bytes) => gzipSync(gzipSync(bytes)), offered('gzip')),
  ),
  fault(
    'size.body-2-mb',
    'answer.received',
    'A 200 has 2 MB of white space.',
    body((text) => text + ' '.repeat(2_000_000), succeeded),
  ),
  fault(
    'size.problem-2-mb',
    'answer.received',
    'A 400 has 2 MB of white space.',
    body((text) => text + ' '.repeat(2_000_000), badRequest),
  ),
  fault(
    'size.extension-2-mb',
    'answer.received',
    'A 401 has an extension member of 2 MB.',
    refusal((one) => ({ ...one, trace: 'x'.repeat(2_000_000) }), unauthorized),
  ),
  fault(
    'size.unpacks-to-50-mb',
    'answer.received',
    'Where gzip was offered, a body unpacks to 50 MB.',
    encodedAs(
      'gzip',
      (bytes) => gzipSync(Buffer.concat([bytes, Buffer.alloc(50_000_000, ' ')])),
      both(refused, offered('gzip'), oneIn(20)),
    ),
  ),
  fault(
    'size.header-20-kb',
    'answer.received',
    'An answer has a header of 20 KB.',
    answer(withHeader('X-Trace', 'x'.repeat(20_000))),
  ),
  fault(
    'size.header-20-kb-for-401',
    'answer.received',
    'A 401 has a header of 20 KB.',
    answer(withHeader('X-Trace', 'x'.repeat(20_000)), unauthorized),
  ),
];

/** One character in UTF-8, or two surrogates of three bytes each. */
function cesu(character: string): Buffer {
  if (character.length === 1) return Buffer.from(character);
  return Buffer.concat(
    [character.charCodeAt(0), character.charCodeAt(1)].map((unit) =>
      Buffer.from([0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]),
    ),
  );
}
