/** Manners of asking that suites vary: Accept headers, bodies, client ids. */

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Body, Manner } from '../../fixtures/client.js';
import type { Header } from '../../fixtures/exchange.js';
import { promisedTypes } from '../../spec/media-type.js';

/** Each declared type alone, and none named. */
export const accepts: readonly (string | null)[] = [...promisedTypes, '*/*', null];

/** Accept headers under which a declared type is acceptable (RFC 9110 section 12.5.1), well-formed and without `q=0`. */
export function acceptList(): fc.Arbitrary<string> {
  const range = fc.constantFrom(
    ...promisedTypes,
    '*/*',
    'text/*',
    'application/*',
    'application/xml',
    'text/html',
    'image/png',
  );
  const quality = fc.constantFrom(
    '',
    ';q=1',
    ';q=0.9',
    ';q=0.5',
    ';q=0.1',
    '; q=0.7',
    ';q=0.001',
    ';q=1.000',
  );
  const entry = fc.tuple(range, quality).map(([type, q]) => type + q);
  return fc
    .tuple(
      fc.uniqueArray(entry, { minLength: 1, maxLength: 4, selector: (text) => text.split(';')[0] }),
      fc.constantFrom(', ', ','),
    )
    .map(([entries, separator]) => entries.join(separator))
    .filter((list) => /text\/(plain|json|\*)|application\/(json|\*)|\*\/\*/.test(list));
}

const WILDCARDS = ['text/*', 'application/*'];

/** Ranges and short lists as clients write them: wildcards alone, pairs in either order, and what is least welcome last. */
export const usualLists: readonly string[] = [
  ...WILDCARDS,
  ...WILDCARDS.map((range) => `${range};q=0.8`),
  ...promisedTypes.flatMap((one) =>
    promisedTypes.filter((other) => other !== one).map((other) => `${one}, ${other}`),
  ),
  ...promisedTypes.map((type) => `${type}, */*;q=0.1`),
  // What frameworks answer problems in where they may, and the contract does not declare.
  'application/problem+json, application/json',
  'application/json, application/problem+json',
  'application/problem+json, */*;q=0.8',
  // White space before the weight, and letters of either case: `*/*` allows every answer all the same.
  'text/plain ;q=0.5, */* ;q=0.5',
  'Text/Plain;Q=0.5, */*;Q=0.5',
];

/** As browsers send it, and one that is longer than most buffers for it. */
export const longLists: readonly string[] = [
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8',
  `${Array.from({ length: 40 }, (_, i) => `application/vnd.example.v${i}+json;q=0.9`).join(', ')}, application/json;q=0.5`,
];

/** Well-formed Accept headers that allow nothing that is declared. */
export const unacceptable = [
  'application/xml',
  'text/html',
  'image/png, image/*;q=0.8',
  'application/problem+json',
  'application/yaml',
  'application/cbor',
] as const;

/**
 * Headers that clients and tracing add to any request; who does not know one ignores it (RFC 9110 section 5.1), and a
 * range is of a GET alone (section 14.2).
 */
export const furtherHeaders: readonly Header[] = [
  ['Accept-Language', 'fr-CA, fr;q=0.8'],
  ['Cache-Control', 'no-cache'],
  ['Range', 'bytes=0-9'],
  ['X-Request-ID', '7b1f6f0e-6a53-4c39-9d0c-2f6a1c1e9b11'],
  ['X-Correlation-ID', 'conformance-1'],
  ['X-Requested-With', 'XMLHttpRequest'],
  ['Referer', 'https://app.example.com/pay'],
  ['Pragma', 'no-cache'],
  ['Cookie', 'session=conformance; theme=dark'],
  ['Accept-Charset', 'iso-8859-1;q=0.9, utf-8;q=0.8'],
  ['Sec-Fetch-Site', 'same-origin'],
  ['DNT', '1'],
  ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
];

/** Headers by which a request asks for more than the contract offers, or claims to come from elsewhere. */
const boldHeaders = (): readonly Header[] => [
  ['Idempotency-Key', randomUUID()],
  ['X-Forwarded-For', '127.0.0.1'],
  ['X-Real-IP', '127.0.0.1'],
];

/** Headers that a service may heed, and refuse for; who does not know one ignores it. Each with what it may be refused with. */
export const heededHeaders: readonly { readonly header: Header; readonly refusals: readonly number[] }[] = [
  { header: ['Origin', 'https://app.example.com'], refusals: [403] },
  ...[
    ['If-Match', '"0"'] as const,
    ['If-None-Match', '*'] as const,
    ['If-Modified-Since', 'Sat, 01 Jan 2022 00:00:00 GMT'] as const,
  ].map((header) => ({ header, refusals: [412] })),
  // Of a body that is not there.
  { header: ['Content-Type', 'application/json'], refusals: [415] },
];

/** Content codings that some clients offer alone. */
const FEW_CODINGS: readonly string[] = ['gzip', 'br', 'deflate'];

/** Manners that change nothing about the answer but its media type and coding. */
export function ordinaryManner(): fc.Arbitrary<Manner> {
  return fc
    .record({
      headers: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.subarray([...furtherHeaders], { minLength: 1 }) },
      ),
      accept: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...accepts) },
        { weight: 1, arbitrary: acceptList() },
      ),
      coding: fc.constantFrom('offered', 'identity', 'bare', ...FEW_CODINGS),
    })
    .map(({ accept, coding, headers }) => ({
      accept,
      ...(headers.length > 0 ? { headers } : {}),
      ...(coding === 'identity' ? { identity: true as const } : {}),
      ...(coding === 'bare' ? { bare: true as const } : {}),
      ...(FEW_CODINGS.includes(coding) ? { codings: coding } : {}),
    }));
}

/** Well-formed bodies that nobody asked for. */
export const bodies: readonly Body[] = [
  { type: 'application/json', text: '{}' },
  { type: 'application/json', text: '{"reason":"abandoned"}' },
  { type: 'application/json', text: '{"force":true,"status":"Initiated"}' },
  { type: 'application/x-www-form-urlencoded', text: 'reason=abandoned' },
  { type: 'text/plain', text: 'abandoned' },
  { type: 'application/json', text: '[]' },
  { type: 'application/json; charset=utf-8', text: '{"reason":"Zoë est partie"}' },
  { type: 'application/json', text: JSON.stringify({ note: 'x'.repeat(1000) }) },
];

const LAST_PART = 'Content-Disposition: form-data; name="reason"\r\n\r\nleft\r\n--part--\r\n';

/** Well-formed too, and of kinds that careless code trips over. */
export const furtherBodies: readonly Body[] = [
  ...['null', '"left"', '1', '{"reason":{"code":1,"of":[[1],{}]}}', '\n {"reason": "left"}\n'].map(
    (text) => ({
      type: 'application/json',
      text,
    }),
  ),
  { type: 'Application/JSON', text: '{}' },
  { type: 'text/json', text: '{"reason":"left"}' },
  { type: 'application/x-www-form-urlencoded; charset=UTF-8', text: 'reason=Zo%C3%AB+est%20partie&a=%26' },
  { type: 'multipart/form-data; boundary=part', text: `--part\r\n${LAST_PART}` },
  { type: 'application/vnd.example+json', text: '{"reason":"left"}' },
  { type: 'application/json', text: `${'['.repeat(200)}${']'.repeat(200)}` },
  { type: 'application/xml', text: '<reason>left</reason>' },
  { type: 'application/octet-stream', text: '\u0000\u0001' },
  { type: null, text: 'left' },
];

export const queries = ['foo=bar', 'reason=user%20left', 'force=true&dryRun=1', 'v=2', 'empty='] as const;

/** Well-formed too, and of forms that careless code trips over. */
export const furtherQueries = [
  'flag',
  'a=b=c',
  'tag=1&tag=2',
  'filter%5Bname%5D=1&list%5B%5D=2',
  'reason=Zo%C3%AB%20est%20partie',
  'callback=cb',
  'format=xml',
  'debug=1&pretty=1',
  'reason=user+left',
  'at=10%3A30&path=a%2Fb&share=50%25',
  'utm_source=mail&_=1764316800000',
  '',
  'status=Initiated&fields=status&lang=fr&api-version=2',
  `note=${'x'.repeat(1000)}`,
] as const;

/** Values of x-client-id: visible ASCII, up to 256 characters. */
export const clientIds: readonly string[] = [
  'a',
  '0',
  'unknown-client',
  '00000000-0000-0000-0000-000000000000',
  'a'.repeat(256),
  `!"#$%&'()*+,-./:;<=>?@[\\]^_{|}~`,
  '..%2F..',
  'null',
  '__proto__',
  '9'.repeat(20),
];

/** A manner that the contract does not ask for, and what it may be refused with beside what session and token call for. */
export interface Unusual {
  readonly manner: (sessionId: string) => Manner;
  readonly refusals: readonly number[];
}

const withBody = (body: Body): Unusual => ({ manner: () => ({ body }), refusals: [400, 401, 413, 415] });

/** Manners in which code may take another way than the ordinary one: those that go with any id, and of bodies one. */
export const fewUnusualManners: readonly Unusual[] = [
  { manner: () => ({ bare: true }), refusals: [] },
  { manner: () => ({ query: 'reason=left' }), refusals: [400, 401] },
  { manner: () => ({ clientId: 'conformance' }), refusals: [400, 401] },
  { manner: () => ({ headers: furtherHeaders }), refusals: [] },
  ...bodies.slice(0, 1).map(withBody),
];

/** The id in upper case, which is the same id. */
export const inUpperCase = (id: string): Manner => ({ id: { text: id.toUpperCase(), kind: 'upper case' } });

/** All of them. */
export const unusualManners: readonly Unusual[] = [
  { manner: inUpperCase, refusals: [400] },
  { manner: () => ({ accept: 'application/xml, text/json;q=0.5' }), refusals: [] },
  { manner: () => ({ headers: boldHeaders() }), refusals: [400, 401] },
  ...fewUnusualManners,
  ...bodies.slice(1).map(withBody),
];
