/** What faults are put together from: one step, exchanged for the requests to the cancel path alone. */

import { problemAnswer } from '../answers.js';
import type {
  Answer,
  Call,
  Change,
  Condition,
  Instead,
  StepInput,
  StepName,
  StepOutput,
} from '../behaviour.js';
import { instead, when } from '../behaviour.js';
import {
  alreadyCancelled,
  always,
  answered,
  both,
  method,
  refused,
  succeeded,
  toOperation,
} from '../conditions.js';
import type { Fault } from '../fault.js';
import { type Members, membersOf } from '../json.js';
import { problem } from '../problems.js';
import type { Session } from '../sessions.js';
import type { Token } from '../tokens.js';

/** @param breaks ids of requirements; the first is the one meant to catch the fault */
export function fault(
  id: string,
  breaks: string | readonly string[],
  statement: string,
  change: Change,
): Fault {
  return { id, breaks: typeof breaks === 'string' ? [breaks] : breaks, statement, change };
}

/** The endpoints around Cancel Session keep to their steps: a fault is one of the operation under test. */
export function inCancel<K extends StepName>(name: K, by: Instead<StepInput<K>, StepOutput<K>>): Change {
  return instead(name, when(toOperation('cancel'), by));
}

type Edit = (body: Members, call: Call) => unknown;

const editing = (edit: Edit, condition: Condition): Change =>
  inCancel(
    'reply',
    when(condition, async (call, _outcome, ordinary) => {
      const reply = await ordinary();
      return { ...reply, value: edit(membersOf(reply.value), call) };
    }),
  );

/** Edits the body of a 200. */
export const success = (edit: Edit, condition: Condition = always): Change =>
  editing(edit, both(succeeded, condition));

/** Edits the problem of a 400 or 401. */
export const refusal = (edit: Edit, condition: Condition = always): Change =>
  editing(edit, both(refused, condition));

/** Answers with another status; a problem says the same status as the answer, so that only the status is wrong. */
export const status = (code: number, condition: Condition): Change =>
  inCancel(
    'reply',
    when(both(answered, condition), async (_call, _outcome, ordinary) => {
      const reply = await ordinary();
      if (code === 204 || code === 304) return { status: code, headers: {}, value: undefined };
      if (code < 400) return { ...reply, status: code };
      const headers = code === 401 ? { 'WWW-Authenticate': 'Bearer' } : {};
      return {
        status: code,
        headers,
        value: problem(code, code < 500 ? 'The request is refused' : 'Something went wrong'),
      };
    }),
  );

/** Edits the answer as its bytes are. */
export const answer = (edit: (answer: Answer, call: Call) => Answer, condition: Condition = always): Change =>
  inCancel(
    'finish',
    when(both(answered, condition), async (call, _answer, ordinary) => edit(await ordinary(), call)),
  );

export const body = (
  edit: (text: string, call: Call) => string | Buffer,
  condition: Condition = always,
): Change =>
  answer((one, call) => ({ ...one, body: Buffer.from(edit(one.body.toString(), call)) }), condition);

/** Something answers before the operation has seen the request. */
export const instantly = (condition: Condition, by: (call: Call) => Answer | Promise<Answer>): Change =>
  inCancel('serve', when(both(method('POST'), condition), by));

/** Something breaks before the operation has seen the request. */
export const crashes = (condition: Condition, code = 500): Change =>
  instantly(condition, () => problemAnswer(code, 'Something went wrong'));

/** The state's step does something else. */
export const terminating = (
  by: (call: Call, session: Session, ordinary: () => Promise<boolean>) => boolean | Promise<boolean>,
  condition: Condition = always,
): Change =>
  inCancel(
    'terminate',
    when(condition, (call, session, ordinary) => by(call, session, ordinary)),
  );

/** A session that is cancelled already is cancelled again. */
export const winsAgain = (condition: Condition): Change =>
  terminating(() => true, both(alreadyCancelled, condition));

/** Something else happens when a request has come out so; the answer is the ordinary one. */
export const aside = (condition: Condition, deed: (call: Call) => void): Change =>
  inCancel(
    'reply',
    when(condition, (call, _outcome, ordinary) => {
      deed(call);
      return ordinary();
    }),
  );

/** The session is cancelled, whatever the answer says. */
export const cancelSubject = ({ subject, world }: Call): void => {
  if (subject) world.sessions.cancel(subject);
};

/** A token that may do what the session's owner may. */
export const ownersToken = ({ subject }: Call): Token => ({
  value: '',
  account: subject?.account ?? 'main',
  expiresIn: 1,
  expiresAt: Number.POSITIVE_INFINITY,
  initiated: true,
});

/** Something else happens some time after; no waiting timer keeps the process alive. */
export const later = (milliseconds: number, deed: () => void): void =>
  void setTimeout(deed, milliseconds).unref();
