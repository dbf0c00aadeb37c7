/** Variants of what stands in a body, and of how its JSON is written. */

import { instead } from '../behaviour.js';
import { ofNoReference } from '../conditions.js';
import { without } from '../json.js';
import { initiated, refusal, success, variant } from './define.js';

const written = (write: (json: string) => string) =>
  instead('serialise', async (_call, value) => Buffer.from(write(JSON.stringify(value))));

const spaced = (indent: string | number, lineEnd = '\n') =>
  instead('serialise', async (_call, value) =>
    Buffer.from(JSON.stringify(value, null, indent).replaceAll('\n', lineEnd)),
  );

/** Whole numbers with a fraction of 0, as some serialisers write all numbers. */
const fractions = (json: string): string => json.replace(/("(?:status|amount)":\d+)(?=[,}])/g, '$1.0');

const escaped = (json: string): string =>
  json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const invented = (sessionId: unknown): string => `REF-${String(sessionId).slice(0, 8)}`;

/** Initiate answers no other referenceId than this one, and Cancel Session repeats what Initiate answered. */
const consistently = (of: (given: string) => string) => [
  initiated((body) => ({
    ...body,
    referenceId: typeof body['referenceId'] === 'string' ? of(body['referenceId']) : null,
  })),
  success((body) => ({
    ...body,
    referenceId: typeof body['referenceId'] === 'string' ? of(body['referenceId']) : null,
  })),
];

export const bodyVariants = [
  variant(
    'reference.absent',
    'Where no referenceId was given, the 200 has none.',
    success((body, call) => (ofNoReference(call) ? without(body, 'referenceId') : body)),
  ),
  variant('reference.absent-from-initiate', 'Where no referenceId was given, Initiate answers none.', [
    initiated((body) => (body['referenceId'] === null ? without(body, 'referenceId') : body)),
  ]),
  variant(
    'reference.made-up',
    'Where no referenceId was given, Initiate makes one up, and the 200 repeats it.',
    [
      initiated((body) => ({ ...body, referenceId: body['referenceId'] ?? invented(body['sessionId']) })),
      success((body) => ({ ...body, referenceId: body['referenceId'] ?? invented(body['sessionId']) })),
    ],
  ),
  variant(
    'reference.made-up-by-initiate',
    'Where no referenceId was given, Initiate makes one up, and the 200 says null.',
    [initiated((body) => ({ ...body, referenceId: body['referenceId'] ?? invented(body['sessionId']) }))],
  ),
  variant(
    'reference.trimmed-by-initiate',
    'Initiate trims the referenceId and says so; the 200 repeats what Initiate answered.',
    consistently((given) => given.trim()),
  ),
  variant(
    'reference.cut-by-initiate',
    'Initiate cuts the referenceId after 64 characters and says so; the 200 repeats what Initiate answered.',
    consistently((given) => [...given].slice(0, 64).join('')),
  ),
  variant(
    'reference.composed-by-initiate',
    'Initiate normalises the referenceId to NFC and says so; the 200 repeats what Initiate answered.',
    consistently((given) => given.normalize('NFC')),
  ),
  variant(
    'details.absent',
    'A 200 has no statusDetails.',
    success((body) => without(body, 'statusDetails')),
  ),
  variant(
    'details.null',
    'The statusDetails of a 200 are null.',
    success((body) => ({ ...body, statusDetails: null })),
  ),
  variant(
    'details.empty',
    'The statusDetails of a 200 are empty.',
    success((body) => ({ ...body, statusDetails: '' })),
  ),
  variant(
    'details.code',
    'The statusDetails of a 200 are a code.',
    success((body) => ({ ...body, statusDetails: 'EFT0501' })),
  ),
  variant(
    'details.long',
    'The statusDetails of a 200 are 5,000 characters long.',
    success((body) => ({ ...body, statusDetails: 'Cancelled by API. '.repeat(278) })),
  ),
  variant(
    'details.not-ascii',
    'The statusDetails of a 200 are in French, with an emoji.',
    success((body) => ({ ...body, statusDetails: 'Annulée par l’API ✅' })),
  ),
  variant(
    'id.upper-case-back',
    'The sessionId of a 200 is in upper case.',
    success((body) => ({ ...body, sessionId: String(body['sessionId']).toUpperCase() })),
  ),
  variant('id.upper-case-everywhere', 'Initiate and Cancel Session answer ids in upper case.', [
    initiated((body) => ({ ...body, sessionId: String(body['sessionId']).toUpperCase() })),
    success((body) => ({ ...body, sessionId: String(body['sessionId']).toUpperCase() })),
  ]),
  variant(
    'problem.empty',
    'A problem is an empty object.',
    refusal(() => ({})),
  ),
  variant(
    'problem.nulls',
    'All members of a problem are null.',
    refusal(() => ({ type: null, title: null, status: null, detail: null, instance: null })),
  ),
  variant(
    'problem.title-alone',
    'A problem has a title and nothing else.',
    refusal(({ title }) => ({ title })),
  ),
  variant(
    'problem.of-nestjs',
    'A problem has none of the members of RFC 9457, but message, error and statusCode.',
    refusal(({ detail, title, status }) => ({ message: detail, error: title, statusCode: status })),
  ),
  variant(
    'problem.without-status',
    'A problem has no status.',
    refusal((body) => without(body, 'status')),
  ),
  variant(
    'problem.instance',
    'A problem names its instance.',
    refusal((body, call) => ({ ...body, instance: `/problems/${call.number}` })),
  ),
  variant(
    'problem.blank',
    'The members of a problem are empty strings.',
    refusal((body) => ({ ...body, type: '', title: '', detail: '', instance: '' })),
  ),
  variant(
    'problem.more-members',
    'A problem has further members, of every kind.',
    refusal((body, call) => ({
      ...body,
      traceId: `00-${call.number.toString(16).padStart(32, '0')}-01`,
      errors: { sessionId: ['The value is not valid.'], '': [] },
      retryable: false,
      balance: -0.5,
      nothing: null,
    })),
  ),
  variant(
    'problem.100-kb',
    'A problem has 100 KB of further members.',
    refusal((body) => ({ ...body, help: 'Ask again later. '.repeat(6_000) })),
  ),
  variant(
    'problem.nested',
    'A problem has a further member that is nested 200 deep.',
    refusal((body) => ({ ...body, inner: JSON.parse('['.repeat(200) + ']'.repeat(200)) })),
  ),
  variant(
    'problem.not-ascii',
    'Problems are in French.',
    refusal((body) => ({ ...body, title: 'Requête refusée', detail: 'La session ne peut être annulée' })),
  ),
  variant('json.other-order', 'Members come in the opposite order.', [
    success((body) => Object.fromEntries(Object.entries(body).reverse())),
    refusal((body) => Object.fromEntries(Object.entries(body).reverse())),
  ]),
  variant('json.pretty', 'JSON is indented.', spaced(2)),
  variant(
    'json.tabs-and-crlf',
    'JSON is indented with tabs, and its lines end in CR and LF.',
    spaced('\t', '\r\n'),
  ),
  variant(
    'json.white-space-around',
    'White space stands before and behind the JSON.',
    written((json) => `\r\n\t ${json} \n`),
  ),
  variant('json.escaped', 'Characters outside of ASCII are escaped.', written(escaped)),
  variant(
    'json.escaped-slashes',
    'Slashes are escaped.',
    written((json) => json.replaceAll('/', '\\/')),
  ),
  variant('json.fractions', 'Whole numbers are written with a fraction of 0.', written(fractions)),
  variant(
    'problem.relative-references',
    'Type and instance of a problem are references that look like paths on a server.',
    refusal((body) => ({ ...body, type: '/home/errors/session.html', instance: '/app/sessions/cancel' })),
  ),
  variant(
    'json.much-white-space',
    'Around the JSON of every answer stand 100 KB of white space.',
    written((json) => `${' \n'.repeat(25_000)}${json}${'\t\r\n'.repeat(17_000)}`),
  ),
];
