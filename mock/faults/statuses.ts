/** Faults in the status of an answer: what people who know HTTP would choose, and the contract does not declare. */

import { empty, problemAnswer } from '../answers.js';
import {
  asksFor,
  attempt,
  badRequest,
  both,
  cameOut,
  ofEvery,
  ofNoReference,
  oneIn,
  refused,
  succeeded,
  unauthorized,
  withAnotherToken,
  withUpperCaseId,
} from '../conditions.js';
import { fault, instantly, status, terminating } from './define.js';

const declared = 'answer.status';
const success = [declared, 'cancel.success'];
const again = [declared, 'cancel.twice'];

const notActive = cameOut('not-active');

const successes = [201, 202, 203, 204, 206, 304].map((code) =>
  fault(`status.success-${code}`, success, `A cancellation is answered ${code}.`, status(code, succeeded)),
);

const refusals = [403, 404, 409, 410, 412, 422, 423].map((code) =>
  fault(
    `status.cancelled-before-${code}`,
    again,
    `A session that is no longer active is refused with ${code}.`,
    status(code, notActive),
  ),
);

export const statusFaults = [
  ...successes,
  ...refusals,
  fault('status.cancelled-before-204', again, 'A further cancel is answered 204.', status(204, notActive)),
  fault(
    'status.cancelled-before-401',
    'cancel.twice',
    'A further cancel is answered 401.',
    status(401, notActive),
  ),
  fault(
    'status.cancelled-before-409-as-text-json',
    again,
    'Under text/json a further cancel is answered 409.',
    status(409, both(notActive, asksFor('text/json'))),
  ),
  fault(
    'status.cancelled-before-409-at-third',
    again,
    'The third cancel is answered 409.',
    status(409, both(notActive, attempt(3))),
  ),
  fault(
    'status.cancelled-before-404-without-reference',
    again,
    'A further cancel of a session without a referenceId is answered 404.',
    status(404, both(notActive, ofNoReference)),
  ),
  fault('status.cancelled-before-500', again, 'A further cancel is answered 500.', status(500, notActive)),
  fault('status.refused-500', declared, 'Every refusal is answered 500.', status(500, refused)),
  fault(
    'status.success-500',
    success,
    'A cancellation is answered 500, and is done.',
    status(500, succeeded),
  ),
  fault(
    'status.success-400',
    'cancel.success',
    'A cancellation is answered 400, and is done.',
    status(400, succeeded),
  ),
  fault(
    'status.success-502-as-text-plain',
    success,
    'Under text/plain a cancellation is answered 502.',
    status(502, both(succeeded, asksFor('text/plain'))),
  ),
  fault(
    'status.success-500-without-reference',
    success,
    'The cancel of a session without a referenceId is answered 500.',
    status(500, both(succeeded, ofNoReference)),
  ),
  fault(
    'status.success-500-without-amount',
    success,
    'The cancel of a session without an amount is answered 500.',
    status(
      500,
      both(succeeded, ({ subject }) => subject?.amount === null),
    ),
  ),
  fault(
    'status.success-500-with-payee',
    success,
    'The cancel of a session with a payee is answered 500.',
    status(
      500,
      both(succeeded, ({ subject }) => subject?.payee !== null),
    ),
  ),
  fault(
    'status.success-500-of-a-whole-amount',
    success,
    'The cancel of a session whose amount is a whole number is answered 500.',
    status(
      500,
      both(succeeded, ({ subject }) => Number.isInteger(subject?.amount)),
    ),
  ),
  fault(
    'status.success-500-with-a-name-beyond-ascii',
    success,
    'The cancel of a session whose payor has letters beyond ASCII in the name is answered 500.',
    status(
      500,
      both(succeeded, ({ subject }) => /[^\0-\x7f]/.test(JSON.stringify(subject?.payor))),
    ),
  ),
  fault(
    'status.success-500-with-another-token',
    success,
    'A cancel with a token that did not initiate the session is answered 500.',
    status(500, both(succeeded, withAnotherToken)),
  ),
  fault(
    'status.success-202-in-upper-case',
    success,
    'Asked for in upper case, a cancellation is answered 202.',
    status(202, both(succeeded, withUpperCaseId)),
  ),
  fault(
    'status.first-try-400',
    'cancel.success',
    'The first cancel of an active session is refused, the second one is answered 200.',
    terminating(() => false, attempt(1)),
  ),
  fault(
    'status.never-cancels',
    'cancel.success',
    'Every cancel of an active session is refused with 400.',
    terminating(() => false),
  ),
  fault('status.500-at-random', declared, 'One answer in twenty, at random, is 500.', status(500, oneIn(20))),
  fault(
    'status.500-every-13th',
    declared,
    'Every thirteenth request is answered 500.',
    status(500, ofEvery(13)),
  ),
  fault(
    'status.500-every-50th',
    declared,
    'Every fiftieth request is answered 500.',
    status(500, ofEvery(50)),
  ),
  fault(
    'status.503-at-random',
    declared,
    'One answer in twenty, at random, is 503 with Retry-After.',
    instantly(oneIn(20), () => problemAnswer(503, 'Try again', { 'Retry-After': '1' })),
  ),
  fault(
    'status.503-every-17th',
    declared,
    'Every seventeenth request is answered 503.',
    instantly(ofEvery(17), () => problemAnswer(503, 'Try again')),
  ),
  fault(
    'status.504-every-29th',
    declared,
    'Every 29th request is answered 504.',
    instantly(ofEvery(29), () => problemAnswer(504, 'Try again')),
  ),
  fault(
    'status.401-every-19th',
    ['cancel.success', 'cancel.twice'],
    'Every nineteenth request is answered 401, whatever its token.',
    status(401, ofEvery(19)),
  ),
  fault(
    'status.500-for-400-as-text-json',
    declared,
    'Under text/json a 400 becomes a 500.',
    status(500, both(badRequest, asksFor('text/json'))),
  ),
  fault(
    'status.500-for-401-as-text-plain',
    declared,
    'Under text/plain a 401 becomes a 500.',
    status(500, both(unauthorized, asksFor('text/plain'))),
  ),
  fault(
    'status.302-for-success',
    success,
    'A cancellation is answered with a redirect to the session.',
    status(302, succeeded),
  ),
  fault(
    'status.307',
    success,
    'Every request is answered with a redirect to another host.',
    instantly(
      () => true,
      (call) => empty(307, { Location: `https://payments.example.com${call.request.path}` }),
    ),
  ),
  fault(
    'status.404',
    success,
    'The endpoint is not there.',
    instantly(
      () => true,
      () => problemAnswer(404, 'There is nothing at this path'),
    ),
  ),
  fault(
    'status.501',
    success,
    'The endpoint is not released.',
    instantly(
      () => true,
      () => problemAnswer(501, 'This endpoint is not yet released'),
    ),
  ),
  fault(
    'status.400-that-cancelled-every-11th',
    ['cancel.success', 'cancel.concurrent'],
    'Where every eleventh request cancels a session, it is answered 400.',
    status(400, both(succeeded, ofEvery(11))),
  ),
  fault('status.unknown-599', declared, 'A 400 comes as 599.', status(599, badRequest)),
];
