/** Faults in the body of a 400 or 401: what is no ProblemDetails. */

import {
  asksFor,
  attempt,
  badRequest,
  both,
  cameOut,
  ofNoReference,
  oneIn,
  unauthorized,
  withClientId,
} from '../conditions.js';
import type { Members } from '../json.js';
import { fault, refusal } from './define.js';

const schema = 'answer.problem.schema';
const status = 'answer.problem.status';

const set = (members: Members) => (body: Members) => ({ ...body, ...members });

export const problemFaults = [
  fault(
    'problem.status-text',
    schema,
    'The status of a problem is a string.',
    refusal((body) => ({ ...body, status: String(body['status']) })),
  ),
  fault(
    'problem.status-text-for-401',
    schema,
    'The status of a 401 is a string.',
    refusal(set({ status: '401' }), unauthorized),
  ),
  fault(
    'problem.status-text-as-text-json',
    schema,
    'The status of a problem is a string under text/json alone.',
    refusal((body) => ({ ...body, status: String(body['status']) }), asksFor('text/json')),
  ),
  fault(
    'problem.status-fraction',
    [schema, status],
    'The status of a problem is a fraction.',
    refusal(set({ status: 400.5 })),
  ),
  fault(
    'problem.status-beyond-int32',
    [schema, status],
    'The status of a problem is beyond 32 bits.',
    refusal(set({ status: 4_000_000_400 })),
  ),
  fault('problem.status-flag', schema, 'The status of a problem is false.', refusal(set({ status: false }))),
  fault(
    'problem.status-list',
    schema,
    'The status of a problem is a list.',
    refusal((body) => ({ ...body, status: [body['status']] })),
  ),
  fault(
    'problem.status-object',
    schema,
    'The status of a problem is an object.',
    refusal((body) => ({ ...body, status: { code: body['status'] } })),
  ),
  fault(
    'problem.status-name',
    schema,
    'The status of a problem is its name.',
    refusal(set({ status: 'BadRequest' }), badRequest),
  ),
  fault(
    'problem.status-500',
    status,
    'The status of a 400 says 500.',
    refusal(set({ status: 500 }), badRequest),
  ),
  fault('problem.status-200', status, 'The status of a problem says 200.', refusal(set({ status: 200 }))),
  fault('problem.status-0', status, 'The status of a problem says 0.', refusal(set({ status: 0 }))),
  fault('problem.status-negative', status, 'The status of a problem says -1.', refusal(set({ status: -1 }))),
  fault(
    'problem.status-400-for-401',
    status,
    'The status of a 401 says 400.',
    refusal(set({ status: 400 }), unauthorized),
  ),
  fault(
    'problem.status-401-for-400',
    status,
    'The status of a 400 says 401.',
    refusal(set({ status: 401 }), badRequest),
  ),
  fault(
    'problem.status-403-for-401',
    status,
    'The status of a 401 says 403.',
    refusal(set({ status: 403 }), unauthorized),
  ),
  fault(
    'problem.status-404-for-unknown',
    status,
    'The status of a 400 for an unknown id says 404.',
    refusal(set({ status: 404 }), cameOut('unknown')),
  ),
  fault(
    'problem.status-422-for-malformed',
    status,
    'The status of a 400 for a malformed id says 422.',
    refusal(set({ status: 422 }), cameOut('malformed')),
  ),
  fault(
    'problem.status-409-for-cancelled',
    status,
    'The status of a 400 for a cancelled session says 409.',
    refusal(set({ status: 409 }), cameOut('not-active')),
  ),
  fault(
    'problem.status-403-for-foreign',
    status,
    "The status of a 400 for another client's session says 403.",
    refusal(set({ status: 403 }), cameOut('foreign')),
  ),
  fault(
    'problem.status-409-for-third',
    status,
    'The status of a 400 says 409 at the third cancel.',
    refusal(set({ status: 409 }), both(cameOut('not-active'), attempt(3))),
  ),
  fault(
    'problem.status-500-as-text-plain',
    status,
    'The status of a 400 says 500 under text/plain alone.',
    refusal(set({ status: 500 }), both(badRequest, asksFor('text/plain'))),
  ),
  fault(
    'problem.status-500-at-random',
    status,
    'The status of one problem in ten, at random, says 500.',
    refusal(set({ status: 500 }), oneIn(10)),
  ),
  fault(
    'problem.status-500-with-client-id',
    status,
    'The status of a problem says 500 where x-client-id was sent.',
    refusal(set({ status: 500 }), withClientId),
  ),
  fault(
    'problem.title-number',
    schema,
    'The title of a problem is a number.',
    refusal((body) => ({ ...body, title: body['status'] })),
  ),
  fault('problem.title-flag', schema, 'The title of a problem is true.', refusal(set({ title: true }))),
  fault(
    'problem.title-list',
    schema,
    'The title of a problem is a list.',
    refusal((body) => ({ ...body, title: [body['title']] })),
  ),
  fault(
    'problem.title-translated',
    schema,
    'The title of a problem is an object of translations.',
    refusal((body) => ({ ...body, title: { en: body['title'] } })),
  ),
  fault(
    'problem.title-number-without-reference',
    schema,
    'The title of a problem is a number where the session has no referenceId.',
    refusal(set({ title: 400 }), both(cameOut('not-active'), ofNoReference)),
  ),
  fault('problem.type-number', schema, 'The type of a problem is a number.', refusal(set({ type: 6.51 }))),
  fault(
    'problem.type-object',
    schema,
    'The type of a problem is an object.',
    refusal((body) => ({ ...body, type: { href: body['type'] } })),
  ),
  fault(
    'problem.detail-object',
    schema,
    'The detail of a problem is an object.',
    refusal((body) => ({ ...body, detail: { message: body['detail'] } })),
  ),
  fault(
    'problem.detail-list',
    schema,
    'The detail of a problem is a list.',
    refusal((body) => ({ ...body, detail: [body['detail']] })),
  ),
  fault(
    'problem.detail-number',
    schema,
    'The detail of a 401 is a number.',
    refusal(set({ detail: 4011 }), unauthorized),
  ),
  fault(
    'problem.detail-list-for-malformed',
    schema,
    'The detail of a 400 for a malformed id is a list.',
    refusal((body) => ({ ...body, detail: [body['detail']] }), cameOut('malformed')),
  ),
  fault(
    'problem.instance-number',
    schema,
    'The instance of a problem is a number.',
    refusal(set({ instance: 7 })),
  ),
  fault(
    'problem.instance-object',
    schema,
    'The instance of a problem is an object.',
    refusal(set({ instance: {} })),
  ),
  fault(
    'problem.instance-flag-for-second',
    schema,
    'The instance of a problem is false at the second cancel.',
    refusal(set({ instance: false }), both(cameOut('not-active'), attempt(2))),
  ),
  fault(
    'problem.list',
    schema,
    'A problem is a list of one.',
    refusal((body) => [body]),
  ),
  fault(
    'problem.text',
    schema,
    'A problem is a string.',
    refusal((body) => body['detail']),
  ),
  fault(
    'problem.null',
    schema,
    'A problem is null.',
    refusal(() => null),
  ),
  fault(
    'problem.number',
    schema,
    'A problem is its status alone.',
    refusal((body) => body['status']),
  ),
  fault(
    'problem.flag-for-401',
    schema,
    'A 401 is false.',
    refusal(() => false, unauthorized),
  ),
  fault(
    'problem.list-for-malformed',
    schema,
    'A 400 for a malformed id is a list.',
    refusal((body) => [body], cameOut('malformed')),
  ),
  fault(
    'problem.text-for-unknown',
    schema,
    'A 400 for an unknown id is a string.',
    refusal((body) => body['detail'], cameOut('unknown')),
  ),
  fault(
    'problem.list-as-text-json',
    schema,
    'A problem is a list under text/json alone.',
    refusal((body) => [body], asksFor('text/json')),
  ),
  fault(
    'problem.null-for-foreign',
    schema,
    "A 400 for another client's session is null.",
    refusal(() => null, cameOut('foreign')),
  ),
];
