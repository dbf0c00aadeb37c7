/** Faults that bodies, query parameters and the bare request of the page's example bring out. */

import { empty, problemAnswer } from '../answers.js';
import type { Call, Change, Condition } from '../behaviour.js';
import { when } from '../behaviour.js';
import {
  both,
  method,
  not,
  succeeded,
  withBody,
  withBodyOf,
  withHeader,
  withQuery,
  withValidToken,
} from '../conditions.js';
import { render } from '../steps.js';
import { answer, crashes, fault, inCancel, instantly, status, success } from './define.js';

const body = 'cancel.request-body';
const bodyIgnored = 'cancel.request-body.ignored';
const query = 'cancel.query';
const queryIgnored = 'cancel.query.ignored';
const example = 'cancel.page-example';

/** The operation runs, and then something refuses the request all the same. */
const refusedTooLate = (code: number, condition: Condition): Change =>
  status(code, both(succeeded, condition));

const contentLength = (call: Call): number => Number(call.request.header('content-length')[0] ?? Number.NaN);

const longerThan =
  (bytes: number): Condition =>
  (call) =>
    contentLength(call) > bytes;

const withQueryLike =
  (pattern: RegExp): Condition =>
  ({ response }) =>
    pattern.test(response.req.url?.split('?')[1] ?? '');

const withRepeatedParameter: Condition = ({ request }) =>
  new Set(request.query.keys()).size < request.query.size;

const withoutContentLength: Condition = (call) => Number.isNaN(contentLength(call)) && !call.request.hasBody;

const withoutContentType: Condition = (call) => call.request.header('content-type').length === 0;

const byCurl: Condition = (call) => (call.request.header('user-agent')[0] ?? '').startsWith('curl/');

const contentTypeLike =
  (pattern: RegExp): Condition =>
  (call) =>
    call.request.hasBody && pattern.test(call.request.header('content-type')[0] ?? '');

const withEmptyQuery: Condition = ({ response }) => response.req.url?.endsWith('?') ?? false;

const crashedBodies: readonly (readonly [id: string, words: string, pattern: RegExp])[] = [
  ['multipart', 'A form of several parts', /^multipart\//],
  ['xml', 'XML', /xml/],
  ['upper-case-json', 'A body whose media type is in capitals', /[A-Z].*\/J/],
  ['form-with-charset', 'A form that names its charset', /urlencoded *;/],
  ['typeless', 'A body of no media type', /^$/],
];

export const requestFaults = [
  ...crashedBodies.map(([id, words, pattern]) =>
    fault(
      `request.${id}-500`,
      [body, 'answer.status'],
      `${words} is answered 500.`,
      crashes(contentTypeLike(pattern)),
    ),
  ),
  fault(
    'request.type-without-body-500',
    ['answer.status', 'cancel.twice'],
    'A Content-Type without a body is answered 500.',
    crashes(both(withHeader('content-type'), not(withBody))),
  ),
  fault(
    'request.origin-500',
    ['answer.status', 'cancel.twice'],
    'A request with Origin is answered 500.',
    crashes(withHeader('origin')),
  ),
  fault(
    'request.condition-500',
    ['answer.status', 'cancel.twice'],
    'A request with If-Match is answered 500.',
    crashes(withHeader('if-match')),
  ),
  fault(
    'request.correlation-id-500',
    ['cancel.success', 'cancel.twice', 'answer.status'],
    'A request with X-Correlation-ID is answered 500.',
    crashes(withHeader('x-correlation-id')),
  ),
  fault(
    'request.plus-500',
    [query, 'answer.status'],
    'A plus in a query is answered 500.',
    crashes(withQueryLike(/\+/)),
  ),
  fault(
    'request.empty-query-500',
    [query, 'answer.status'],
    'A question mark with nothing behind it is answered 500.',
    crashes(withEmptyQuery),
  ),
  fault(
    'request.long-query-500',
    [query, 'answer.status'],
    'A query over 500 characters is answered 500.',
    crashes(withQueryLike(/.{500}/)),
  ),
  fault(
    'request.status-parameter-heeded',
    'cancel.success.status',
    'The status of a 200 is that of the query parameter status.',
    success((one, { request }) => ({ ...one, status: request.query.get('status') ?? one['status'] })),
  ),
  fault(
    'request.accept-language-500',
    ['cancel.success', 'cancel.twice', 'answer.status'],
    'A request with Accept-Language is answered 500.',
    crashes(withHeader('accept-language')),
  ),
  fault(
    'request.accept-language-400',
    'cancel.success',
    'A cancel with Accept-Language is refused with 400.',
    instantly(both(withHeader('accept-language'), withValidToken), (call) =>
      render(call, { kind: 'invalid', detail: 'Accept-Language is not supported' }),
    ),
  ),
  fault(
    'request.cache-control-304',
    ['cancel.success', 'cancel.twice', 'answer.status'],
    'A request with Cache-Control is answered 304.',
    instantly(withHeader('cache-control'), () => empty(304)),
  ),
  fault(
    'request.body-500',
    [body, 'answer.status'],
    'A request with a body is answered 500.',
    crashes(withBody),
  ),
  fault(
    'request.json-500',
    [body, 'answer.status'],
    'A request with a JSON body is answered 500.',
    crashes(withBodyOf('application/json')),
  ),
  fault(
    'request.form-500',
    [body, 'answer.status'],
    'A request with a form is answered 500.',
    crashes(withBodyOf('application/x-www-form-urlencoded')),
  ),
  fault(
    'request.text-500',
    [body, 'answer.status'],
    'A request with a text is answered 500.',
    crashes(withBodyOf('text/plain')),
  ),
  fault(
    'request.over-200-500',
    [body, 'answer.status'],
    'A body over 200 bytes is answered 500.',
    crashes(longerThan(200)),
  ),
  fault(
    'request.form-502',
    [body, 'answer.status'],
    'A request with a form is answered 502.',
    crashes(withBodyOf('application/x-www-form-urlencoded'), 502),
  ),
  fault(
    'request.body-unanswered',
    [body, 'answer.received'],
    'A request with a body is never answered.',
    inCancel(
      'send',
      when(withBody, () => undefined),
    ),
  ),
  fault(
    'request.body-refused-and-cancelled',
    body,
    'A request with a body is answered 400, and has cancelled the session.',
    refusedTooLate(400, withBody),
  ),
  fault(
    'request.form-415-and-cancelled',
    body,
    'A request with a form is answered 415, and has cancelled the session.',
    refusedTooLate(415, withBodyOf('application/x-www-form-urlencoded')),
  ),
  fault(
    'request.text-415-and-cancelled',
    body,
    'A request with a text is answered 415, and has cancelled the session.',
    refusedTooLate(415, withBodyOf('text/plain')),
  ),
  fault(
    'request.long-413-and-cancelled',
    body,
    'A body over 200 bytes is answered 413, and has cancelled the session.',
    refusedTooLate(413, longerThan(200)),
  ),
  fault(
    'request.json-400-and-cancelled',
    body,
    'A request with a JSON body is answered 400, and has cancelled the session.',
    refusedTooLate(400, withBodyOf('application/json')),
  ),
  fault(
    'request.body-400',
    bodyIgnored,
    'A request with a body is refused with 400.',
    crashes(withBody, 400),
  ),
  fault(
    'request.form-415',
    bodyIgnored,
    'A request with a form is refused with 415.',
    crashes(withBodyOf('application/x-www-form-urlencoded'), 415),
  ),
  fault(
    'request.json-400',
    bodyIgnored,
    'A request with a JSON body is refused with 400.',
    crashes(withBodyOf('application/json'), 400),
  ),
  fault(
    'request.body-409',
    ['answer.status', bodyIgnored],
    'A request with a body is refused with 409.',
    crashes(withBody, 409),
  ),
  fault(
    'request.query-500',
    [query, 'answer.status'],
    'A query parameter is answered 500.',
    crashes(withQuery),
  ),
  fault(
    'request.two-parameters-500',
    [query, 'answer.status'],
    'Two query parameters are answered 500.',
    crashes((call) => call.request.query.size > 1),
  ),
  fault(
    'request.empty-parameter-500',
    [query, 'answer.status'],
    'A query parameter with no value is answered 500.',
    crashes((call) => [...call.request.query.values()].includes('')),
  ),
  fault(
    'request.query-unanswered',
    [query, 'answer.received'],
    'A request with a query parameter is never answered.',
    inCancel(
      'send',
      when(both(method('POST'), withQuery), () => undefined),
    ),
  ),
  fault(
    'request.query-refused-and-cancelled',
    query,
    'A query parameter is answered 400, and the session has been cancelled.',
    refusedTooLate(400, withQuery),
  ),
  fault('request.query-400', queryIgnored, 'A query parameter is refused with 400.', crashes(withQuery, 400)),
  fault(
    'request.query-404',
    ['answer.status', queryIgnored],
    'A query parameter is answered 404.',
    crashes(withQuery, 404),
  ),
  fault(
    'request.length-required',
    [example, 'answer.status'],
    'A request with no Content-Length is answered 411.',
    instantly(withoutContentLength, () => empty(411)),
  ),
  fault(
    'request.length-required-400',
    example,
    'A request with no Content-Length is answered 400.',
    crashes(withoutContentLength, 400),
  ),
  fault(
    'request.length-required-unanswered',
    [example, 'answer.received'],
    'A request with no Content-Length is never answered: its body is waited for.',
    inCancel(
      'send',
      when(both(method('POST'), withoutContentLength), () => undefined),
    ),
  ),
  fault(
    'request.length-required-and-cancelled',
    example,
    'A request with no Content-Length is answered 400, and has cancelled the session.',
    refusedTooLate(400, withoutContentLength),
  ),
  fault(
    'request.type-required',
    [example, 'answer.status'],
    'A request with no Content-Type is answered 415.',
    instantly(both(withoutContentType, not(withBody)), () => problemAnswer(415, 'Unsupported media type')),
  ),
  fault(
    'request.type-required-400',
    [example, 'cancel.success'],
    'A request with no Content-Type is answered 400.',
    instantly(both(withoutContentType, not(withBody)), () => problemAnswer(400, 'Content-Type is required')),
  ),
  fault(
    'request.body-required',
    [example, 'cancel.success'],
    'A request with no body is answered 400.',
    instantly(not(withBody), () => problemAnswer(400, 'A body is required')),
  ),
  fault(
    'request.curl-403',
    [example, 'answer.status'],
    'What names itself curl is answered 403, as by a firewall.',
    instantly(byCurl, () => problemAnswer(403, 'Blocked')),
  ),
  fault(
    'request.query-flag-500',
    [query, 'answer.status'],
    'A query parameter without a value is answered 500.',
    crashes(withQueryLike(/(^|&)[^=&]+(&|$)/)),
  ),
  fault(
    'request.query-two-equals-500',
    [query, 'answer.status'],
    'A query parameter with an equals sign in its value is answered 500.',
    crashes(withQueryLike(/=[^&]*=/)),
  ),
  fault(
    'request.query-repeated-500',
    [query, 'answer.status'],
    'A query parameter that comes twice is answered 500.',
    crashes(withRepeatedParameter),
  ),
  fault(
    'request.query-brackets-500',
    [query, 'answer.status'],
    'A query parameter with brackets in its name is answered 500.',
    crashes(withQueryLike(/%5B/i)),
  ),
  fault(
    'request.query-not-ascii-500',
    [query, 'answer.status'],
    'A query with letters beyond ASCII is answered 500.',
    crashes(withQueryLike(/%C3/i)),
  ),
  fault(
    'request.query-format-404',
    [query, 'answer.status'],
    'A query that asks for a format is answered 404.',
    instantly(
      ({ request }) => request.query.has('format'),
      () => problemAnswer(404, 'Not found'),
    ),
  ),
  fault(
    'request.query-callback-script',
    ['answer.json', 'answer.media-type'],
    'Where the query has a callback, a script comes that calls it.',
    answer(
      (one, { request }) => ({
        ...one,
        headers: { ...one.headers, 'Content-Type': 'text/javascript' },
        body: Buffer.from(`${request.query.get('callback')}(${one.body.toString()})`),
      }),
      ({ request }) => request.query.has('callback'),
    ),
  ),
  fault(
    'request.json-array-500',
    [body, 'answer.status'],
    'A JSON body that is an array is answered 500.',
    crashes(async ({ request }) => request.hasBody && (await request.body()).toString().startsWith('[')),
  ),
  fault(
    'request.json-not-ascii-500',
    [body, 'answer.status'],
    'A body with letters beyond ASCII is answered 500.',
    crashes(async ({ request }) => request.hasBody && /[^\0-\x7f]/.test((await request.body()).toString())),
  ),
  fault(
    'request.type-with-charset-500',
    [body, 'answer.status'],
    'A body whose Content-Type names a charset is answered 500.',
    crashes(({ request }) => /charset/.test(request.header('content-type')[0] ?? '')),
  ),
  fault(
    'request.range-206',
    ['cancel.success', 'answer.status'],
    'A cancellation with a Range is answered 206.',
    status(206, both(succeeded, withHeader('range'))),
  ),
  fault(
    'request.query-repeated-400-and-cancelled',
    query,
    'A cancel whose query has a parameter twice is carried out, and then refused.',
    refusedTooLate(400, withRepeatedParameter),
  ),
  fault(
    'request.condition-refused-and-cancelled',
    ['cancel.success'],
    'A cancel with If-Match is answered 412, and cancels.',
    status(412, both(succeeded, withHeader('if-match'))),
  ),
  fault(
    'request.encoded-slash-in-query-500',
    ['cancel.query', 'answer.status'],
    'A query with an encoded slash is answered 500.',
    crashes((call) => [...call.request.query.values()].some((value) => value.includes('/'))),
  ),
  fault(
    'request.cookie-in-answer',
    'cancel.success.schema',
    'With a Cookie the answer has one member more.',
    success((body) => ({ ...body, known: true }), withHeader('cookie')),
  ),
];
