/** What a change may depend on: the request, the session, how often, how soon, and how it came out. */

import { percentDecoded } from '../spec/percent-decoded.js';
import type { Condition, Outcome } from './behaviour.js';
import type { Operation } from './routes.js';

export const always: Condition = () => true;

export const not =
  (condition: Condition): Condition =>
  async (call) =>
    !(await condition(call));

export const both =
  (...conditions: readonly Condition[]): Condition =>
  async (call) => {
    for (const condition of conditions) if (!(await condition(call))) return false;
    return true;
  };

export const either =
  (...conditions: readonly Condition[]): Condition =>
  async (call) => {
    for (const condition of conditions) if (await condition(call)) return true;
    return false;
  };

// ── The request ──────────────────────────────────────────────────────────────────────────────────

export const toOperation =
  (operation: Operation): Condition =>
  (call) =>
    call.operation === operation;

export const method =
  (...names: readonly string[]): Condition =>
  (call) =>
    names.includes(call.request.method);

/** The Accept header is this one type and nothing else. */
export const asksFor =
  (mediaType: string): Condition =>
  (call) =>
    call.request.accept === mediaType;

export const withoutAccept: Condition = (call) => call.request.accept === undefined;

export const asksForAList: Condition = (call) => call.request.accept?.includes(',') === true;

export const withClientId: Condition = (call) => call.request.clientId !== undefined;

export const withHeader =
  (name: string): Condition =>
  (call) =>
    call.request.header(name).length > 0;

export const withBody: Condition = (call) => call.request.hasBody;

/** The request's Content-Type begins so. */
export const withBodyOf =
  (mediaType: string): Condition =>
  (call) =>
    call.request.hasBody && (call.request.header('content-type')[0] ?? '').startsWith(mediaType);

/** What curl sends where there is no body. */
export const withoutLength: Condition = (call) =>
  call.request.header('content-length').length === 0 && !call.request.hasBody;

export const withQuery: Condition = (call) => call.request.query.size > 0;

export const withoutAuthorization: Condition = (call) => call.request.authorization.length === 0;

export const withValidToken: Condition = async (call) =>
  (await call.steps.authenticate(call, call.request.authorization)) !== undefined;

export const withUpperCaseId: Condition = (call) => /[A-F]/.test(call.rawId);

/** The id's segment, percent-percentDecoded where it can be, matches. */
export const withIdLike =
  (pattern: RegExp): Condition =>
  (call) =>
    pattern.test(percentDecoded(call.rawId));

// ── The session ──────────────────────────────────────────────────────────────────────────────────

export const ofNoReference: Condition = (call) => call.subject?.referenceId === null;

export const ofReferenceLike =
  (pattern: RegExp): Condition =>
  (call) =>
    pattern.test(call.subject?.referenceId ?? '');

/** Neither active nor cancelled: Expired, Completed or Failed. */
export const ofEndedOtherwise: Condition = (call) =>
  call.subject !== undefined && !['Initiated', 'Cancelled'].includes(call.subject.status);

/** A session of the second client. */
export const ofTheOther: Condition = (call) => call.subject?.account === 'other';

export const alreadyCancelled: Condition = (call) => call.subject?.status === 'Cancelled';

/** This is so many-th cancel that reached the session's state. */
export const attempt =
  (position: number): Condition =>
  (call) =>
    call.subject?.attempts === position;

export const cancelledLongerThan =
  (milliseconds: number): Condition =>
  (call) =>
    performance.now() - (call.subject?.cancelledAt ?? Number.POSITIVE_INFINITY) > milliseconds;

/** The token is a valid one, and not the one that initiated the session. */
export const withAnotherToken: Condition = (call) =>
  call.token !== undefined && call.token.value !== call.subject?.initiatedWith;

// ── How often ────────────────────────────────────────────────────────────────────────────────────

/** Of so many requests to the cancel path the last `length` ones, so that a repetition may meet it too. */
export const ofEvery =
  (count: number, length = 1): Condition =>
  (call) =>
    call.number % count >= count - length;

export const oneIn =
  (count: number): Condition =>
  () =>
    Math.random() * count < 1;

/** Every so many-th cancellation, this one counted. */
export const everyCancellation =
  (count: number): Condition =>
  (call) =>
    (call.world.cancellations + 1) % count === 0;

// ── How it came out ──────────────────────────────────────────────────────────────────────────────

type Kind = Outcome['kind'];

export const cameOut =
  (...kinds: readonly Kind[]): Condition =>
  (call) =>
    call.outcome !== undefined && kinds.includes(call.outcome.kind);

export const succeeded = cameOut('cancelled');
export const unauthorized = cameOut('unauthorized');
export const badRequest = cameOut('malformed', 'unknown', 'foreign', 'not-active');
export const refused = cameOut('unauthorized', 'malformed', 'unknown', 'foreign', 'not-active');
/** The operation itself has answered, and not the router around it. */
export const answered = cameOut('cancelled', 'unauthorized', 'malformed', 'unknown', 'foreign', 'not-active');
