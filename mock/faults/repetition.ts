/** Faults in refusing to cancel what is no longer active. */

import type { Change, Condition } from '../behaviour.js';
import {
  always,
  asksFor,
  asksForAList,
  attempt,
  both,
  cameOut,
  cancelledLongerThan,
  not,
  ofEndedOtherwise,
  ofNoReference,
  ofReferenceLike,
  withAnotherToken,
  withBody,
  withClientId,
  withHeader,
  withoutAccept,
  withoutLength,
  withQuery,
  withUpperCaseId,
} from '../conditions.js';
import type { SessionStatus } from '../sessions.js';
import { crowdOf } from './concurrency.js';
import { aside, fault, later, terminating, winsAgain } from './define.js';

const twice = 'cancel.twice';

const inStatus =
  (status: SessionStatus): Condition =>
  (call) =>
    call.subject?.status === status;

const cancelsAlso = (status: SessionStatus, condition: Condition = always): Change =>
  terminating(
    ({ world }, session) => {
      world.sessions.overwrite(session, 'Cancelled');
      return true;
    },
    both(inStatus(status), condition),
  );

/** The three statuses in which a session has ended otherwise than by a cancel. */
const ended = [
  ['Expired', 'cancel.expired'],
  ['Completed', 'cancel.completed'],
  ['Failed', 'cancel.failed'],
] as const;

const endedFaults = ended.flatMap(([status, requirement]) => {
  const name = status.toLowerCase();
  return [
    fault(
      `ended.${name}-cancelled`,
      requirement,
      `A session that is ${status} is cancelled.`,
      cancelsAlso(status),
    ),
    fault(
      `ended.${name}-cancelled-as-text-json`,
      requirement,
      `A session that is ${status} is cancelled under text/json alone.`,
      cancelsAlso(status, asksFor('text/json')),
    ),
    fault(
      `ended.${name}-confirmed`,
      requirement,
      `The cancel of a session that is ${status} is answered 200, and changes nothing.`,
      terminating(() => true, inStatus(status)),
    ),
    fault(
      `ended.${name}-refused-and-cancelled`,
      requirement,
      `The cancel of a session that is ${status} is refused, and the session is Cancelled all the same.`,
      aside(both(cameOut('not-active'), inStatus(status)), ({ world, subject }) => {
        if (subject) world.sessions.overwrite(subject, 'Cancelled');
      }),
    ),
    fault(
      `ended.${name}-cancelled-at-the-second-try`,
      requirement,
      `A session that is ${status} is cancelled at the second try.`,
      cancelsAlso(status, attempt(2)),
    ),
  ];
});

/** What is Expired, Completed or Failed is cancelled where it is asked for so. */
const endedInManners = (
  [
    ['in-upper-case', 'with the id in upper case', withUpperCaseId],
    ['with-body', 'with a body', withBody],
    ['with-query', 'with a query', withQuery],
    ['with-client-id', 'with an x-client-id', withClientId],
    ['for-a-list', 'with a list in Accept', asksForAList],
    ['without-length', 'without a Content-Length', withoutLength],
    ['at-once', 'twice at once', crowdOf(2)],
  ] as const
).map(([id, words, condition]) =>
  fault(
    `ended.cancelled-${id}`,
    ['cancel.expired', 'cancel.completed', 'cancel.failed'],
    `A session that is Expired, Completed or Failed is cancelled ${words}.`,
    terminating(
      ({ world }, session) => {
        world.sessions.overwrite(session, 'Cancelled');
        return true;
      },
      both(ofEndedOtherwise, condition),
    ),
  ),
);

export const repetitionFaults = [
  fault(
    'twice.always',
    [twice, 'cancel.concurrent'],
    'Every further cancel is answered 200.',
    winsAgain(always),
  ),
  fault('twice.second', twice, 'The second cancel is answered 200.', winsAgain(attempt(2))),
  fault('twice.third', twice, 'The third cancel is answered 200.', winsAgain(attempt(3))),
  fault('twice.fourth', twice, 'The fourth cancel is answered 200.', winsAgain(attempt(4))),
  fault(
    'twice.as-text-json',
    [twice, 'cancel.concurrent'],
    'A further cancel is answered 200 under text/json.',
    winsAgain(asksFor('text/json')),
  ),
  fault(
    'twice.as-text-plain',
    [twice, 'cancel.concurrent'],
    'A further cancel is answered 200 under text/plain.',
    winsAgain(asksFor('text/plain')),
  ),
  fault(
    'twice.without-accept',
    [twice, 'cancel.page-example'],
    'A further cancel without an Accept header is answered 200.',
    winsAgain(withoutAccept),
  ),
  fault(
    'twice.with-another-token',
    twice,
    'A further cancel with another token of the same client is answered 200.',
    winsAgain(withAnotherToken),
  ),
  fault(
    'twice.with-client-id',
    twice,
    'A further cancel with x-client-id is answered 200.',
    winsAgain(withClientId),
  ),
  fault(
    'twice.with-client-id-once-only',
    twice,
    'The second cancel is answered 200 where it has an x-client-id.',
    winsAgain(both(withClientId, attempt(2))),
  ),
  ...['accept-language', 'traceparent', 'idempotency-key', 'x-forwarded-for'].map((name) =>
    fault(
      `twice.with-${name}`,
      twice,
      `A further cancel with a header ${name} is answered 200.`,
      winsAgain(withHeader(name)),
    ),
  ),
  fault(
    'twice.with-body',
    [twice, 'cancel.request-body'],
    'A further cancel with a body is answered 200.',
    winsAgain(withBody),
  ),
  fault(
    'twice.forced',
    [twice, 'cancel.request-body'],
    'A further cancel with {"force":true} is answered 200.',
    winsAgain(
      async ({ request }) => request.hasBody && (await request.body()).toString().includes('"force":true'),
    ),
  ),
  fault(
    'twice.with-query',
    [twice, 'cancel.query'],
    'A further cancel with a query parameter is answered 200.',
    winsAgain(withQuery),
  ),
  fault(
    'twice.in-upper-case',
    [twice, 'id.upper-case'],
    'A further cancel with the id in upper case is answered 200.',
    winsAgain(withUpperCaseId),
  ),
  fault(
    'twice.after-100',
    twice,
    'A further cancel is answered 200 from 100 ms after the first.',
    winsAgain(cancelledLongerThan(100)),
  ),
  fault(
    'twice.within-30',
    twice,
    'A further cancel is answered 200 up to 30 ms after the first, as to a client that tries again.',
    winsAgain(not(cancelledLongerThan(30))),
  ),
  fault(
    'twice.without-reference',
    [twice, 'cancel.concurrent'],
    'A further cancel of a session without a referenceId is answered 200.',
    winsAgain(ofNoReference),
  ),
  fault(
    'twice.of-long-references',
    twice,
    'A further cancel of a session whose referenceId is over 100 characters is answered 200.',
    winsAgain(ofReferenceLike(/^.{101,}$/su)),
  ),
  fault(
    'twice.third-as-text-plain',
    twice,
    'The third cancel is answered 200 under text/plain.',
    winsAgain(both(attempt(3), asksFor('text/plain'))),
  ),
  ...endedFaults,
  ...endedInManners,
  ...(['Expired', 'Completed', 'Failed'] as const).flatMap((status) =>
    [300, 2000].map((milliseconds) =>
      fault(
        `ended.${status.toLowerCase()}-cancelled-after-${milliseconds}`,
        `cancel.${status.toLowerCase()}`,
        `A session that is ${status} is refused with 400, and is Cancelled ${milliseconds} ms later.`,
        terminating(
          ({ world }, session) => {
            later(milliseconds, () => world.sessions.overwrite(session, 'Cancelled'));
            return false;
          },
          (call) => call.subject?.status === status,
        ),
      ),
    ),
  ),
];
