/** Faults in what becomes of a session that was cancelled: not at all, late, not for long. */

import { html, problemAnswer } from '../answers.js';
import { type Answer, type Call, type Change, type Condition, instead, when } from '../behaviour.js';
import {
  alreadyCancelled,
  asksFor,
  both,
  everyCancellation,
  ofNoReference,
  ofReferenceLike,
  oneIn,
  withAnotherToken,
  withBody,
  withClientId,
  withQuery,
  withUpperCaseId,
} from '../conditions.js';
import type { Session, SessionStatus } from '../sessions.js';
import { fault, inCancel, later, terminating } from './define.js';

const immediate = ['cancel.immediate', 'cancel.twice'];
const lasting = ['cancel.lasting', 'cancel.twice'];
const remain = 'cancel.details-remain';

const isActive = (session: Session): boolean => session.status === 'Initiated';

/** The answer is 200, and the session stays active. */
const lost = (condition: Condition): Change => terminating((_call, session) => isActive(session), condition);

/** The answer is 200 at once, and the session is cancelled some time later. */
const late = (milliseconds: number): Change =>
  terminating(({ world }, session) => {
    if (isActive(session)) later(milliseconds, () => world.sessions.cancel(session));
    return isActive(session);
  });

/** The session ends otherwise than asked for. */
const endsAs = (status: SessionStatus): Change =>
  terminating(({ world }, session) => {
    if (!isActive(session)) return false;
    world.sessions.overwrite(session, status);
    return true;
  });

/** The session is cancelled, and is something else after a while. */
const turns = (milliseconds: number, status: SessionStatus, condition: Condition = () => true): Change =>
  terminating(async ({ world }, session, ordinary) => {
    const cancelled = await ordinary();
    if (cancelled) later(milliseconds, () => world.sessions.overwrite(session, status));
    return cancelled;
  }, condition);

const cancelledWithin = (session: Session, milliseconds: number): boolean =>
  performance.now() - (session.cancelledAt ?? Number.NEGATIVE_INFINITY) < milliseconds;

/** Session Details go on saying Initiated, as from a cache or a replica. */
const stale = (milliseconds: number, condition: Condition = () => true): Change =>
  instead(
    'describe',
    when(condition, async (_call, session, ordinary) => ({
      ...(await ordinary()),
      ...(cancelledWithin(session, milliseconds) ? { status: 'Initiated' } : {}),
    })),
  );

const saysOnceCancelled = (status: unknown): Change =>
  instead('describe', async (_call, session, ordinary) => ({
    ...(await ordinary()),
    ...(session.status === 'Cancelled' ? { status } : {}),
  }));

const ownerAsksForCancelled: Condition = (call) =>
  call.operation === 'details' &&
  call.request.authorization.length > 0 &&
  call.subject?.status === 'Cancelled';

const detailsOnceCancelled = (by: (call: Call) => Answer | Promise<Answer>): Change =>
  instead('serve', when(ownerAsksForCancelled, by));

/** The second read of a cancelled session is the first that is wrong. */
const saysInitiatedAfterFirstRead: Change = instead('describe', async (_call, session, ordinary) => {
  const said = await ordinary();
  if (session.status !== 'Cancelled') return said;
  if (session.notes.has('read')) return { ...said, status: 'Initiated' };
  session.notes.add('read');
  return said;
});

export const stateFaults = [
  fault(
    'state.unchanged',
    immediate,
    'A 200 has changed nothing.',
    lost(() => true),
  ),
  fault('state.late-50', immediate, 'The session is cancelled 50 ms after the 200.', late(50)),
  fault('state.late-400', immediate, 'The session is cancelled 400 ms after the 200.', late(400)),
  fault('state.late-3000', immediate, 'The session is cancelled 3 s after the 200.', late(3_000)),
  fault(
    'state.lost-every-7th',
    immediate,
    'Every seventh 200 has changed nothing.',
    lost(everyCancellation(7)),
  ),
  fault(
    'state.lost-every-20th',
    immediate,
    'Every twentieth 200 has changed nothing.',
    lost(everyCancellation(20)),
  ),
  fault(
    'state.lost-at-random',
    immediate,
    'One 200 in seven, at random, has changed nothing.',
    lost(oneIn(7)),
  ),
  fault(
    'state.lost-as-text-plain',
    immediate,
    'A 200 in text/plain has changed nothing.',
    lost(asksFor('text/plain')),
  ),
  fault(
    'state.lost-as-text-json',
    immediate,
    'A 200 in text/json has changed nothing.',
    lost(asksFor('text/json')),
  ),
  fault(
    'state.lost-with-client-id',
    [...immediate, 'client-id.optional'],
    'A 200 has changed nothing where x-client-id was sent.',
    lost(withClientId),
  ),
  fault(
    'state.lost-with-body',
    [...immediate, 'cancel.request-body'],
    'A 200 has changed nothing where the request had a body.',
    lost(withBody),
  ),
  fault(
    'state.lost-with-query',
    [...immediate, 'cancel.query'],
    'A 200 has changed nothing where the request had a query parameter.',
    lost(withQuery),
  ),
  fault(
    'state.lost-without-reference',
    immediate,
    'A 200 has changed nothing where the session has no referenceId.',
    lost(ofNoReference),
  ),
  fault(
    'state.lost-in-upper-case',
    [...immediate, 'id.upper-case'],
    'A 200 has changed nothing where the id was in upper case.',
    lost(withUpperCaseId),
  ),
  fault(
    'state.lost-for-long-references',
    immediate,
    'A 200 has changed nothing where the referenceId is over 128 characters.',
    lost(ofReferenceLike(/^.{129,}$/su)),
  ),
  fault(
    'state.lost-for-astral-references',
    immediate,
    'A 200 has changed nothing where the referenceId holds a character beyond U+FFFF.',
    lost(ofReferenceLike(/[\u{10000}-\u{10ffff}]/u)),
  ),
  fault(
    'state.lost-with-another-token',
    immediate,
    'A 200 has changed nothing where the token is not the one that initiated the session.',
    lost(withAnotherToken),
  ),
  fault(
    'state.expired-instead',
    immediate,
    'The session is Expired instead of Cancelled.',
    endsAs('Expired'),
  ),
  fault('state.failed-instead', immediate, 'The session is Failed instead of Cancelled.', endsAs('Failed')),
  fault(
    'state.reverts-after-100',
    lasting,
    'A cancelled session is active again after 100 ms.',
    turns(100, 'Initiated'),
  ),
  fault(
    'state.reverts-after-300',
    lasting,
    'A cancelled session is active again after 300 ms.',
    turns(300, 'Initiated'),
  ),
  fault(
    'state.reverts-after-2000',
    lasting,
    'A cancelled session is active again after two seconds.',
    turns(2000, 'Initiated'),
  ),
  fault(
    'state.expires-after-200',
    ['cancel.lasting'],
    'A cancelled session is Expired after 200 ms.',
    turns(200, 'Expired'),
  ),
  fault(
    'state.reverts-without-reference',
    lasting,
    'A cancelled session without a referenceId is active again after 150 ms.',
    turns(150, 'Initiated', ofNoReference),
  ),
  fault(
    'state.reverts-by-second-cancel',
    lasting,
    'A second cancel is refused, and makes the session active again.',
    inCancel(
      'terminate',
      when(alreadyCancelled, ({ world }, session) => {
        world.sessions.overwrite(session, 'Initiated');
        return false;
      }),
    ),
  ),
  fault(
    'state.reverts-by-second-cancel-as-text-json',
    lasting,
    'A second cancel under text/json is refused, and makes the session active again.',
    inCancel(
      'terminate',
      when(both(alreadyCancelled, asksFor('text/json')), ({ world }, session) => {
        world.sessions.overwrite(session, 'Initiated');
        return false;
      }),
    ),
  ),
  fault(
    'state.reverts-by-reading',
    lasting,
    'The second read of a cancelled session says Initiated.',
    saysInitiatedAfterFirstRead,
  ),
  fault(
    'state.lost-of-old',
    immediate,
    'A cancel of a session that is older than a second is answered 200 and changes nothing.',
    lost((call) => Date.now() - (call.subject?.createdAt.getTime() ?? 0) > 1000),
  ),
  fault(
    'details.stale-for-another-token',
    'cancel.immediate',
    'Session Details go on saying Initiated to a token that did not initiate the session.',
    stale(Number.POSITIVE_INFINITY, withAnotherToken),
  ),
  fault(
    'details.stale-50',
    'cancel.immediate',
    'Session Details say Initiated for 50 ms after the 200.',
    stale(50),
  ),
  fault(
    'details.stale-400',
    'cancel.immediate',
    'Session Details say Initiated for 400 ms after the 200.',
    stale(400),
  ),
  fault(
    'details.stale-for-good',
    'cancel.immediate',
    'Session Details go on saying Initiated.',
    stale(Number.POSITIVE_INFINITY),
  ),
  fault(
    'details.stale-without-reference',
    'cancel.immediate',
    'Session Details of a session without a referenceId say Initiated for 400 ms after the 200.',
    stale(400, ofNoReference),
  ),
  fault(
    'details.american',
    'cancel.immediate',
    'Session Details say Canceled.',
    saysOnceCancelled('Canceled'),
  ),
  fault(
    'details.number',
    'cancel.immediate',
    'Session Details say Cancelled as a number.',
    saysOnceCancelled(2),
  ),
  fault(
    'details.null',
    'cancel.immediate',
    'Session Details say null of a cancelled session.',
    saysOnceCancelled(null),
  ),
  fault(
    'details.gone-404',
    [remain, 'cancel.immediate'],
    'Session Details of a cancelled session are answered 404.',
    detailsOnceCancelled(() => problemAnswer(404, 'Session not found')),
  ),
  fault(
    'details.gone-410',
    [remain, 'cancel.immediate'],
    'Session Details of a cancelled session are answered 410.',
    detailsOnceCancelled(() => problemAnswer(410, 'Session is gone')),
  ),
  fault(
    'details.gone-400',
    [remain, 'cancel.immediate'],
    'Session Details of a cancelled session are answered 400.',
    detailsOnceCancelled(() => problemAnswer(400, 'Session not found')),
  ),
  fault(
    'details.gone-401',
    [remain, 'cancel.immediate'],
    'Session Details of a cancelled session are answered 401: its token went with it.',
    detailsOnceCancelled(() => problemAnswer(401, 'Valid access token required')),
  ),
  fault(
    'details.gone-500',
    [remain, 'cancel.immediate'],
    'Session Details of a cancelled session are answered 500.',
    detailsOnceCancelled(() => problemAnswer(500, 'Something went wrong')),
  ),
  fault(
    'details.gone-html',
    [remain, 'cancel.immediate'],
    'Session Details of a cancelled session are a page of HTML.',
    detailsOnceCancelled(() => html(200, 'This session has ended')),
  ),
  fault(
    'details.gone-after-300',
    remain,
    'Session Details of a session are answered 404 from 300 ms after its cancellation.',
    instead(
      'serve',
      when(
        both(ownerAsksForCancelled, (call) => !!call.subject && !cancelledWithin(call.subject, 300)),
        () => problemAnswer(404, 'Session not found'),
      ),
    ),
  ),
  fault(
    'details.gone-second-read',
    [remain, 'cancel.immediate'],
    'The second read of a cancelled session is answered 404.',
    instead(
      'serve',
      when(ownerAsksForCancelled, async ({ subject }, _operation, ordinary) => {
        const isSecond = subject?.notes.has('read once') === true && !subject.notes.has('read twice');
        subject?.notes.add(isSecond ? 'read twice' : 'read once');
        return isSecond ? problemAnswer(404, 'Session not found') : ordinary();
      }),
    ),
  ),
  fault(
    'lasting.revived-by-foreign-read',
    lasting,
    'A cancelled session is active again once another client has asked for its details.',
    instead(
      'serve',
      when(ownerAsksForCancelled, async (call, _operation, ordinary) => {
        const token = await call.steps.authenticate(call, call.request.authorization);
        if (call.subject && token && token.account !== call.subject.account)
          call.world.sessions.overwrite(call.subject, 'Initiated');
        return ordinary();
      }),
    ),
  ),
];
