/** Faults in choosing the media type of an answer. */

import { empty, html, problemAnswer, text } from '../answers.js';
import { type Call, type Change, type Condition, when } from '../behaviour.js';
import {
  answered,
  asksFor,
  asksForAList,
  badRequest,
  both,
  cameOut,
  either,
  not,
  refused,
  succeeded,
  unauthorized,
  withBody,
  withIdLike,
  withoutAccept,
  withoutAuthorization,
  withQuery,
  withUpperCaseId,
} from '../conditions.js';
import { acceptable, type MediaType, mediaTypes, parseAccept } from '../negotiation.js';
import {
  answer,
  aside,
  cancelSubject,
  crashes,
  fault,
  inCancel,
  instantly,
  status,
  winsAgain,
} from './define.js';

const any = 'media.any';
const requirementOf: Readonly<Record<MediaType, string>> = {
  'application/json': 'media.application-json',
  'text/json': 'media.text-json',
  'text/plain': 'media.text-plain',
};
const eachAlone = Object.values(requirementOf);

const comesAs = (type: string, condition: Condition): Change =>
  inCancel(
    'mediaType',
    when(condition, () => type),
  );

const contentType = (value: string, condition: Condition): Change =>
  answer((one) => ({ ...one, headers: { ...one.headers, 'Content-Type': value } }), condition);

const outcomes: readonly (readonly [status: number, condition: Condition])[] = [
  [200, succeeded],
  [400, badRequest],
  [401, unauthorized],
];

/** Each declared type comes as another one, in each of the three answers. */
const mislabelled = mediaTypes.flatMap((asked, index) =>
  outcomes.map(([code, condition]) => {
    const instead = mediaTypes[(index + 1) % mediaTypes.length] ?? 'text/html';
    return fault(
      `media.${asked.replace('/', '-')}-${code}`,
      [requirementOf[asked], any],
      `Asked for ${asked} alone, a ${code} comes as ${instead}.`,
      comesAs(instead, both(asksFor(asked), condition)),
    );
  }),
);

const unsupported = mediaTypes.map((asked) =>
  fault(
    `media.${asked.replace('/', '-')}-406`,
    [requirementOf[asked], 'answer.status'],
    `Asked for ${asked} alone, the service answers 406.`,
    instantly(asksFor(asked), () => empty(406)),
  ),
);

const unacceptable: Condition = (call) => acceptable(call.request.accept) === undefined;

const firstListed = (call: Call): string =>
  parseAccept(call.request.accept ?? '').find(({ type }) => mediaTypes.some((one) => one === type))?.type ??
  mediaTypes[0];

const wildcard =
  (pattern: string): Condition =>
  (call) =>
    parseAccept(call.request.accept ?? '').some(({ type }) => type === pattern);

const weighted: Condition = (call) => /;\s*q=/i.test(call.request.accept ?? '');

const withWholeQuality: Condition = (call) =>
  parseAccept(call.request.accept ?? '').some(({ quality }) => quality >= 1);

/** The accepted type with the lowest quality. */
function worst(call: Call): string {
  const ranges = parseAccept(call.request.accept ?? '').filter(({ type }) =>
    mediaTypes.some((one) => one === type),
  );
  return ranges.toSorted((a, b) => a.quality - b.quality)[0]?.type ?? mediaTypes[0];
}

const says406 = (condition: Condition): Change => answer(() => empty(406), both(unacceptable, condition));

const crossed: readonly (readonly [id: string, words: string, condition: Condition])[] = [
  ['body', 'a 200 to a request with a body', both(succeeded, withBody)],
  ['query', 'a 200 to a request with a query', both(succeeded, withQuery)],
  ['upper-case-id', 'a 200 for an id in upper case', both(succeeded, withUpperCaseId)],
  ['malformed-without-token', 'a 401 for a malformed id', both(unauthorized, not(withIdLike(/^.{36}$/)))],
];

export const negotiationFaults = [
  ...crossed.map(([id, words, condition]) =>
    fault(
      `media.json-for-${id}`,
      ['media.text-json', 'media.text-plain'],
      `Under text/plain and text/json ${words} comes as application/json.`,
      comesAs('application/json', both(condition, either(asksFor('text/json'), asksFor('text/plain')))),
    ),
  ),
  fault(
    'media.list-ignored-for-unknown',
    any,
    'For an id of no session a list of types is answered with application/json.',
    comesAs('application/json', both(asksForAList, cameOut('unknown'))),
  ),
  fault(
    'media.unacceptable-500-for-malformed',
    ['media.unacceptable', 'id.malformed'],
    'A malformed id is answered 500 where nothing that is declared is acceptable.',
    status(
      500,
      both(cameOut('malformed'), (call) => acceptable(call.request.accept) === undefined),
    ),
  ),
  ...mislabelled,
  ...unsupported,
  fault(
    'media.accept-ignored',
    eachAlone,
    'Whatever Accept says, the answer is application/json.',
    comesAs('application/json', not(unacceptable)),
  ),
  fault(
    'media.always-text-plain',
    eachAlone,
    'Whatever Accept says, the answer is text/plain.',
    comesAs('text/plain', not(unacceptable)),
  ),
  fault(
    'media.problem-json',
    ['answer.media-type', ...eachAlone],
    'Problems are application/problem+json.',
    comesAs('application/problem+json', refused),
  ),
  fault(
    'media.problem-json-for-401',
    ['answer.media-type', ...eachAlone],
    'A 401 is application/problem+json.',
    comesAs('application/problem+json', unauthorized),
  ),
  fault(
    'media.problem-json-for-application-json',
    ['answer.media-type', 'media.application-json'],
    'Asked for application/json alone, problems are application/problem+json.',
    comesAs('application/problem+json', both(refused, asksFor('application/json'))),
  ),
  fault(
    'media.problem-json-without-accept',
    ['answer.media-type', any],
    'Without an Accept header problems are application/problem+json.',
    comesAs('application/problem+json', both(refused, withoutAccept)),
  ),
  fault(
    'media.vendor-type',
    ['answer.media-type', ...eachAlone],
    'A 200 is application/vnd.session+json.',
    comesAs('application/vnd.session+json', succeeded),
  ),
  fault(
    'media.html',
    ['answer.media-type', ...eachAlone],
    'A 400 is text/html.',
    comesAs('text/html', badRequest),
  ),
  fault(
    'media.any-html',
    ['answer.media-type', any],
    'For */* the answer is text/html.',
    comesAs('text/html', asksFor('*/*')),
  ),
  fault(
    'media.any-octets',
    ['answer.media-type', any],
    'Without an Accept header the answer is application/octet-stream.',
    comesAs('application/octet-stream', withoutAccept),
  ),
  fault(
    'media.xml-given',
    ['media.unacceptable', 'answer.media-type'],
    'Asked for application/xml, the answer is application/xml.',
    answer(
      (one) => ({
        ...one,
        headers: { ...one.headers, 'Content-Type': 'application/xml; charset=utf-8' },
        body: Buffer.from('<?xml version="1.0"?><session/>'),
      }),
      asksFor('application/xml'),
    ),
  ),
  fault(
    'media.unacceptable-echoed',
    ['media.unacceptable', 'answer.media-type'],
    'Where nothing declared is acceptable, the answer is JSON under the name that was asked for.',
    inCancel(
      'mediaType',
      when(
        both(answered, unacceptable),
        (call) => parseAccept(call.request.accept ?? '')[0]?.type.replace('*', 'x') ?? '',
      ),
    ),
  ),
  fault(
    'media.unacceptable-500',
    ['media.unacceptable', 'answer.status'],
    'Where nothing declared is acceptable, the answer is 500.',
    instantly(unacceptable, () => problemAnswer(500, 'No formatter')),
  ),
  fault(
    'media.unacceptable-415',
    ['media.unacceptable', 'answer.status'],
    'Where nothing declared is acceptable, the answer is 415.',
    instantly(unacceptable, () => problemAnswer(415, 'Unsupported')),
  ),
  fault(
    'media.unacceptable-500-for-401',
    ['media.unacceptable', 'answer.status'],
    'Where nothing declared is acceptable, a 401 becomes a 500.',
    status(500, both(unacceptable, unauthorized)),
  ),
  fault(
    'media.unacceptable-500-for-400',
    ['media.unacceptable', 'answer.status'],
    'Where nothing declared is acceptable, a 400 becomes a 500.',
    status(500, both(unacceptable, badRequest)),
  ),
  fault(
    'media.unacceptable-unanswered',
    ['media.unacceptable', 'answer.received'],
    'Where nothing declared is acceptable, there is no answer.',
    inCancel(
      'send',
      when(both(answered, unacceptable), () => undefined),
    ),
  ),
  fault(
    'media.unacceptable-bare-200',
    ['media.unacceptable', 'answer.media-type'],
    'Where nothing declared is acceptable, the 200 has neither Content-Type nor body.',
    answer(() => empty(200), both(unacceptable, succeeded)),
  ),
  fault(
    'media.406-cancelled',
    'media.no-effect',
    'A 406 has cancelled the session all the same.',
    says406(succeeded),
  ),
  fault(
    'media.406-cancelled-for-images',
    'media.no-effect',
    'Asked for an image, the service answers 406, and has cancelled the session all the same.',
    says406((call) => call.request.accept?.startsWith('image/') === true),
  ),
  fault(
    'media.second-406-cancels',
    'media.no-effect',
    'A second 406 for a session has cancelled it all the same.',
    inCancel(
      'serve',
      when(unacceptable, async ({ subject, world }) => {
        if (subject?.notes.has('406')) world.sessions.cancel(subject);
        subject?.notes.add('406');
        return empty(406);
      }),
    ),
  ),
  fault(
    'media.long-list-500',
    [any, 'answer.status'],
    'An Accept header over 500 characters is answered 500.',
    instantly(
      ({ request }) => (request.accept?.length ?? 0) > 500,
      () => problemAnswer(500, 'Bad media type'),
    ),
  ),
  fault(
    'media.list-406',
    [any, 'answer.status'],
    'A list in Accept is answered 406.',
    instantly(asksForAList, () => empty(406)),
  ),
  fault(
    'media.list-500',
    [any, 'answer.status'],
    'A list in Accept is answered 500.',
    instantly(asksForAList, () => problemAnswer(500, 'Bad media type')),
  ),
  fault(
    'media.list-html',
    ['answer.media-type', any],
    'For a list in Accept the answer is text/html.',
    comesAs('text/html', asksForAList),
  ),
  fault(
    'media.weighted-406',
    [any, 'answer.status'],
    'An Accept header with quality values is answered 406.',
    instantly(both(weighted, not(unacceptable)), () => empty(406)),
  ),
  fault(
    'media.text-any-406',
    [any, 'answer.status'],
    'For text/* the answer is 406.',
    instantly(wildcard('text/*'), () => empty(406)),
  ),
  fault(
    'media.text-any-json',
    any,
    'For text/* alone the answer is application/json.',
    comesAs('application/json', asksFor('text/*')),
  ),
  fault(
    'media.application-any-406',
    [any, 'answer.status'],
    'For application/* the answer is 406.',
    instantly(wildcard('application/*'), () => empty(406)),
  ),
  fault(
    'media.any-406',
    [any, 'cancel.page-example', 'answer.status'],
    'For */* alone the answer is 406.',
    instantly(asksFor('*/*'), () => empty(406)),
  ),
  fault(
    'media.none-406',
    [any, 'answer.status'],
    'Without an Accept header the answer is 406.',
    instantly(withoutAccept, () => text(406, 'Say what you accept')),
  ),
  fault(
    'media.last-listed-only',
    any,
    'Of a list of two or more types the answer is of one that is not in it.',
    inCancel(
      'mediaType',
      when(both(asksForAList, not(wildcard('*/*'))), (call): string => {
        const listed = parseAccept(call.request.accept ?? '').map(({ type }) => type);
        const group = (type: string): string => type.replace(/\/.*/, '/*');
        return (
          mediaTypes.find((type) => !listed.includes(type) && !listed.includes(group(type))) ?? mediaTypes[0]
        );
      }),
    ),
  ),
  fault(
    'media.first-listed',
    'media.quality',
    'Of a list with quality values the first type is taken.',
    inCancel(
      'mediaType',
      when(both(weighted, not(unacceptable)), (call) => firstListed(call)),
    ),
  ),
  fault(
    'media.lowest-quality',
    'media.quality',
    'Of a list with quality values the type with the lowest is taken.',
    inCancel(
      'mediaType',
      when(both(weighted, not(unacceptable)), (call) => worst(call)),
    ),
  ),
  fault(
    'media.wildcards-passed-over',
    'media.quality',
    'Wildcards in a list are passed over, so that a type named beside them wins whatever its quality.',
    inCancel(
      'mediaType',
      when(both(asksForAList, not(unacceptable)), (call): string => {
        const named = (call.request.accept ?? '').split(',').filter((range) => !range.includes('*'));
        return acceptable(named.join(',')) ?? mediaTypes[0];
      }),
    ),
  ),
  fault(
    'media.quality-as-integer',
    'media.quality',
    'Quality values are cut to whole numbers, so that all below 1 count alike.',
    inCancel(
      'mediaType',
      when(both(weighted, not(unacceptable), not(withWholeQuality)), (call) => firstListed(call)),
    ),
  ),
  fault(
    'media.no-type',
    'answer.media-type',
    'Answers have no Content-Type.',
    answer(({ status: code, body }) => ({ status: code, headers: {}, body }), succeeded),
  ),
  fault(
    'media.no-type-for-401',
    'answer.media-type',
    'A 401 has no Content-Type.',
    answer(
      ({ status: code, body }) => ({ status: code, headers: { 'WWW-Authenticate': 'Bearer' }, body }),
      unauthorized,
    ),
  ),
  fault(
    'media.no-type-for-400',
    'answer.media-type',
    'A 400 has no Content-Type.',
    answer(({ status: code, body }) => ({ status: code, headers: {}, body }), badRequest),
  ),
  fault(
    'media.near-type',
    'answer.media-type',
    'A 200 is application/jsonp.',
    contentType('application/jsonp', both(succeeded, not(unacceptable))),
  ),
  fault(
    'media.no-slash',
    'answer.media-type',
    'The Content-Type of a 200 is json.',
    contentType('json', both(succeeded, not(unacceptable))),
  ),
  fault(
    'media.javascript',
    'answer.media-type',
    'The Content-Type of a 400 is text/javascript.',
    contentType('text/javascript', both(badRequest, not(unacceptable))),
  ),
  fault(
    'media.text-sentence',
    ['answer.json', 'media.text-plain'],
    'Asked for text/plain alone, the 200 is a sentence.',
    answer(
      (one) => ({ ...one, body: Buffer.from('Session cancelled') }),
      both(succeeded, asksFor('text/plain')),
    ),
  ),
  fault(
    'media.text-sentence-for-400',
    ['answer.json', 'media.text-plain'],
    'Asked for text/plain alone, the 400 is a sentence.',
    answer(
      (one) => ({ ...one, body: Buffer.from('Session cannot be Cancelled') }),
      both(badRequest, asksFor('text/plain')),
    ),
  ),
  fault(
    'media.text-sentence-for-401',
    ['answer.json', 'media.text-plain'],
    'Asked for text/plain alone, the 401 is a sentence.',
    answer(
      (one) => ({ ...one, body: Buffer.from('Unauthorized') }),
      both(unauthorized, asksFor('text/plain')),
    ),
  ),
  fault(
    'media.html-body',
    'answer.json',
    'A 400 in application/json holds a page of HTML.',
    answer((one) => ({ ...one, body: html(400, 'Bad Request').body }), both(badRequest, not(unacceptable))),
  ),
  fault(
    'media.space-before-weight-500',
    [any, 'answer.status'],
    'White space before a semicolon in Accept is answered 500.',
    crashes((call) => / ;/.test(call.request.accept ?? '')),
  ),
  fault(
    'media.upper-case-500',
    [any, 'answer.status'],
    'Upper case in Accept is answered 500.',
    crashes((call) => /[A-Z]/.test(call.request.accept ?? '')),
  ),
  fault(
    'media.yaml-given',
    ['media.unacceptable', 'answer.media-type'],
    'Asked for application/yaml alone, the service says that it answers so.',
    comesAs('application/yaml', asksFor('application/yaml')),
  ),
  fault(
    'media.second-200-where-nothing-is-acceptable',
    'cancel.twice',
    'Where Accept allows nothing that is declared, a second cancel is answered 200.',
    winsAgain(unacceptable),
  ),
  fault(
    'media.400-where-nothing-is-acceptable-and-cancelled',
    'media.no-effect',
    'Where Accept allows nothing that is declared, the session is cancelled, and then answered 400.',
    status(400, both(succeeded, unacceptable)),
  ),
  fault(
    'media.problem-json-where-listed',
    ['answer.media-type', any],
    'Problems are application/problem+json where the Accept header names it beside others.',
    comesAs(
      'application/problem+json',
      both(refused, asksForAList, (call) => call.request.accept?.includes('problem+json') === true),
    ),
  ),
  fault(
    'media.unacceptable-cancels-without-valid-token',
    'token.no-effect',
    'Where nothing acceptable is asked for, a session is cancelled by what is answered 401.',
    aside(both(unauthorized, not(withoutAuthorization), unacceptable), cancelSubject),
  ),
];
