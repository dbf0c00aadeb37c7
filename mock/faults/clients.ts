/** Faults between clients: another client's token, and the x-client-id header. */

import { problemAnswer } from '../answers.js';
import { type Change, type Condition, when } from '../behaviour.js';
import {
  always,
  asksFor,
  attempt,
  both,
  cameOut,
  ofEndedOtherwise,
  ofNoReference,
  ofReferenceLike,
  unauthorized,
  withBody,
  withClientId,
  withUpperCaseId,
} from '../conditions.js';
import { aside, cancelSubject, crashes, fault, inCancel, instantly, ownersToken, status } from './define.js';

const other = 'token.other-client';
const widening = ['client-id.no-widening', other];
const optional = 'client-id.optional';

/** Who has a valid token may act on whatever session. */
const permits = (condition: Condition = always): Change =>
  inCancel(
    'permit',
    when(condition, () => true),
  );

/** What a token was permitted once is kept with the token, and not with the session. */
function permitsForGood(): Change {
  const permitted = new Set<string>();
  return inCancel('permit', async ({ token }, _session, ordinary) => {
    const value = token?.value ?? '';
    const may = permitted.has(value) || (await ordinary());
    if (may) permitted.add(value);
    return may;
  });
}

const clientIdLike =
  (pattern: RegExp): Condition =>
  (call) =>
    pattern.test(call.request.clientId ?? '\n');

const breaks = (condition: Condition): Change => crashes(both(withClientId, condition));

const foreign = cameOut('foreign');

export const clientFaults = [
  fault('client.other-accepted', other, "Another client's token may cancel the session.", permits()),
  fault(
    'client.other-accepted-as-text-json',
    other,
    "Under text/json another client's token may cancel the session.",
    permits(asksFor('text/json')),
  ),
  fault(
    'client.other-accepted-as-text-plain',
    other,
    "Under text/plain another client's token may cancel the session.",
    permits(asksFor('text/plain')),
  ),
  fault(
    'client.other-accepted-without-reference',
    other,
    "Another client's token may cancel a session without a referenceId.",
    permits(ofNoReference),
  ),
  fault(
    'client.other-accepted-for-unicode',
    other,
    "Another client's token may cancel a session whose referenceId goes beyond ASCII.",
    permits(ofReferenceLike(/[^\0-\x7f]/)),
  ),
  fault(
    'client.other-accepted-with-body',
    other,
    "With a body another client's token may cancel the session.",
    permits(withBody),
  ),
  fault(
    'client.other-accepted-in-upper-case',
    other,
    "With the id in upper case another client's token may cancel the session.",
    permits(withUpperCaseId),
  ),
  fault(
    'client.other-ends-the-expired',
    ['cancel.expired', 'cancel.completed', 'cancel.failed'],
    "Another client's token is refused, and makes a session Cancelled that was Expired, Completed or Failed.",
    aside(both(foreign, ofEndedOtherwise), ({ world, subject }) => {
      if (subject) world.sessions.overwrite(subject, 'Cancelled');
    }),
  ),
  fault(
    'client.other-403',
    [other, 'answer.status'],
    "Another client's token is answered 403.",
    status(403, foreign),
  ),
  fault(
    'client.other-404',
    [other, 'answer.status'],
    "Another client's token is answered 404.",
    status(404, foreign),
  ),
  fault(
    'client.other-500',
    [other, 'answer.status'],
    "Another client's token is answered 500.",
    status(500, foreign),
  ),
  fault(
    'client.other-200',
    other,
    "Another client's token is answered 200, and changes nothing.",
    inCancel(
      'reply',
      when(foreign, (call, outcome, ordinary) =>
        ordinary(call.subject ? { kind: 'cancelled', session: call.subject } : outcome),
      ),
    ),
  ),
  fault(
    'client.other-refused-and-cancelled',
    other,
    "Another client's token is refused, and the session cancelled all the same.",
    aside(foreign, cancelSubject),
  ),
  fault(
    'client.other-refused-and-cancelled-with-client-id',
    widening,
    "Another client's token is refused, and the session cancelled all the same, where x-client-id was sent.",
    aside(both(foreign, withClientId), cancelSubject),
  ),
  fault(
    'client-id.widens',
    widening,
    "With any x-client-id another client's token may cancel the session.",
    permits(withClientId),
  ),
  fault(
    'client-id.replaces-token',
    ['client-id.no-widening', 'token.missing', 'token.no-effect'],
    'An x-client-id is as good as a valid token.',
    inCancel(
      'authenticate',
      when(withClientId, async (call, _lines, ordinary) => (await ordinary()) ?? ownersToken(call)),
    ),
  ),
  fault(
    'client-id.refused-and-cancelled',
    ['client-id.no-widening', 'token.no-effect'],
    'A 401 with x-client-id has cancelled the session all the same.',
    aside(both(unauthorized, withClientId), cancelSubject),
  ),
  fault(
    'client-id.required',
    [optional, 'cancel.page-example'],
    'Without x-client-id every cancel is answered 400.',
    instantly(
      (call) => call.request.clientId === undefined,
      () => problemAnswer(400, 'The x-client-id header is required'),
    ),
  ),
  fault(
    'client-id.any-500',
    [optional, 'answer.status'],
    'With any x-client-id the answer is 500.',
    breaks(always),
  ),
  fault(
    'client-id.any-403',
    [optional, 'answer.status'],
    'With any x-client-id the answer is 403.',
    status(403, withClientId),
  ),
  fault(
    'client-id.any-404',
    [optional, 'answer.status'],
    'With any x-client-id the answer is 404.',
    status(404, withClientId),
  ),
  fault(
    'client-id.short-500',
    [optional, 'answer.status'],
    'An x-client-id of one character is answered 500.',
    breaks(clientIdLike(/^.$/)),
  ),
  fault(
    'client-id.over-64-500',
    [optional, 'answer.status'],
    'An x-client-id over 64 characters is answered 500.',
    breaks(clientIdLike(/^.{65,}$/)),
  ),
  fault(
    'client-id.over-200-500',
    [optional, 'answer.status'],
    'An x-client-id over 200 characters is answered 500.',
    breaks(clientIdLike(/^.{201,}$/)),
  ),
  fault(
    'client-id.punctuation-500',
    [optional, 'answer.status'],
    'An x-client-id with punctuation is answered 500.',
    breaks(clientIdLike(/[^\w-]/)),
  ),
  fault(
    'client-id.quote-500',
    [optional, 'answer.status'],
    'An x-client-id with an apostrophe is answered 500.',
    breaks(clientIdLike(/'/)),
  ),
  fault(
    'client-id.not-a-uuid-500',
    [optional, 'answer.status'],
    'An x-client-id that is not a UUID is answered 500.',
    breaks(clientIdLike(/^(?![0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$)/i)),
  ),
  fault(
    'client-id.unanswered-where-long',
    [optional, 'answer.received'],
    'An x-client-id over 128 characters is never answered.',
    inCancel(
      'send',
      when(clientIdLike(/^.{129,}$/), () => undefined),
    ),
  ),
  fault(
    'client-id.second-cancel-500',
    [optional, 'cancel.twice', 'answer.status'],
    'A second cancel with x-client-id is answered 500.',
    status(500, both(withClientId, cameOut('not-active'), attempt(2))),
  ),
  fault(
    'client-id.success-500-without-reference',
    [optional, 'answer.status'],
    'With x-client-id the cancel of a session without a referenceId is answered 500.',
    status(500, both(withClientId, cameOut('cancelled'), ofNoReference)),
  ),
  fault(
    'client-id.success-500-with-reference',
    [optional, 'answer.status'],
    'With x-client-id the cancel of a session whose referenceId has characters outside of ASCII is answered 500.',
    status(500, both(withClientId, cameOut('cancelled'), ofReferenceLike(/[^\0-\x7f]/))),
  ),
  fault(
    'client.other-permitted-for-good',
    other,
    'A token that has cancelled a session of its client may cancel every session.',
    permitsForGood(),
  ),
  fault(
    'client.prototype-500',
    [optional, 'answer.status'],
    'An x-client-id that every object of JavaScript has as a member is answered 500.',
    breaks(clientIdLike(/^__proto__$/)),
  ),
  fault(
    'client.long-number-500',
    [optional, 'answer.status'],
    'An x-client-id that is a number of 20 digits is answered 500.',
    breaks(clientIdLike(/^\d{20}$/)),
  ),
];
