/** The commands of the model: every call that a client can make, in any order, and what must follow. */

import fc from 'fast-check';
import type { Manner } from '../../fixtures/client.js';
import { altered, bearer, malformed, noAuthorization, ofAnotherClient } from '../../fixtures/credentials.js';
import type { Exchange } from '../../fixtures/exchange.js';
import { orders } from '../../fixtures/sessions/session.js';
import { isRefused, succeeds, winsOnce } from '../parts/cancelling.js';
import { nearIds } from '../parts/id-forms.js';
import { accepts, ordinaryManner } from '../parts/manners.js';
import { agrees, MOST_SESSIONS, type Model, meant, type Opening, open, type Target } from './model.js';

type Command = fc.AsyncCommand<Model, Target>;

/** Of fixed words, so that an example reads like a story. */
const inWords = (accept: string | null | undefined) =>
  accept === undefined ? '' : ` with ${accept === null ? 'no Accept' : `Accept ${accept}`}`;

class Initiate implements Command {
  constructor(readonly opening: Opening) {}
  check = ({ statuses }: Readonly<Model>) => statuses.length < MOST_SESSIONS;
  async run(model: Model, target: Target): Promise<void> {
    await open(this.opening, model, target);
    await agrees(model, target, latest(target), null);
  }
  toString = () => `initiate (referenceId: ${this.opening.reference}, ${this.opening.order})`;
}

/** The last exchange of the session made last. */
function latest({ sessions }: Target): Exchange {
  const exchange = sessions.at(-1)?.trail.at(-1);
  if (exchange === undefined) throw new Error('A session that was made has an exchange.');
  return exchange;
}

/** Commands that name one of the sessions; nothing is known of one that has left the model. */
abstract class OfSession implements Command {
  constructor(readonly which: number) {}
  check({ statuses }: Readonly<Model>): boolean {
    return statuses[this.which % statuses.length] !== 'unknown';
  }
  abstract run(model: Model, target: Target): Promise<void>;
  abstract toString(): string;
}

class Cancel extends OfSession {
  constructor(
    which: number,
    readonly manner: Manner,
  ) {
    super(which);
  }
  async run(model: Model, target: Target): Promise<void> {
    const { session, status, at } = meant(this.which, model, target);
    const answer = await (status === 'active' ? succeeds : isRefused)(target.told, session, this.manner);
    model.statuses[at] = session.state === 'cancelled' ? 'cancelled' : 'unknown';
    await agrees(model, target, answer, null);
  }
  toString = () => `cancel ${this.which}${inWords(this.manner.accept)}`;
}

class CancelAtOnce extends OfSession {
  constructor(
    which: number,
    readonly accepts: readonly (string | null)[],
  ) {
    super(which);
  }
  async run(model: Model, target: Target): Promise<void> {
    const { session, at } = meant(this.which, model, target);
    const { concurrency } = target.told.run.settings.limits;
    const manners = this.accepts.slice(0, concurrency).map((accept) => ({ accept }));
    const answer = (await winsOnce(target.told, session, manners)).at(-1);
    model.statuses[at] = session.state === 'cancelled' ? 'cancelled' : 'unknown';
    if (answer !== undefined) await agrees(model, target, answer, null);
  }
  toString = () => `cancel ${this.which} ${this.accepts.length} times at once`;
}

class CancelWithoutValidToken extends OfSession {
  constructor(
    which: number,
    readonly how: number,
    readonly accept: string | null,
  ) {
    super(which);
  }
  async run(model: Model, target: Target): Promise<void> {
    const { session, at } = meant(this.which, model, target);
    const { client, check, run } = target.told;
    const token = await client.token(session);
    const { ended } = run.tokens;
    const wrong = [noAuthorization, ...malformed(token), ...altered(token)];
    if (ended !== null) wrong.push(bearer(ended.value, 'expired', 'EXPIRED_TOKEN'));
    const authorization = wrong[this.how % wrong.length] ?? noAuthorization;
    const answer = await client.cancel(session, { authorization, accept: this.accept });
    check('token.before-state').status(answer, 401);
    await agrees(model, target, answer, { at, requirement: 'token.no-effect' });
  }
  toString = () => `cancel ${this.which} without a valid token (${this.how})${inWords(this.accept)}`;
}

class CancelUnderMalformedId extends OfSession {
  constructor(
    which: number,
    readonly form: (typeof nearIds)[number],
    readonly accept: string | null,
  ) {
    super(which);
  }
  async run(model: Model, target: Target): Promise<void> {
    const { session, at } = meant(this.which, model, target);
    const { client, check } = target.told;
    const id = { text: this.form.write(session.id), kind: this.form.kind };
    const answer = await client.cancel(session, { id, accept: this.accept });
    check('id.malformed').status(answer, 400);
    await agrees(model, target, answer, { at, requirement: 'id.no-effect' });
  }
  toString = () => `cancel ${this.which} by its id ${this.form.kind}${inWords(this.accept)}`;
}

class CancelUnknown extends OfSession {
  constructor(
    which: number,
    readonly id: string,
    readonly accept: string | null,
  ) {
    super(which);
  }
  async run(model: Model, target: Target): Promise<void> {
    const { session } = meant(this.which, model, target);
    const { client, check } = target.told;
    const nobody = await client.nobody(this.id, session);
    const answer = await client.cancel(nobody, { accept: this.accept });
    check('id.unknown').status(answer, 400);
    await agrees(model, target, answer, null);
  }
  toString = () => `cancel an id of no session${inWords(this.accept)}`;
}

class CancelForAnotherClient extends OfSession {
  constructor(
    which: number,
    readonly accept: string | null,
  ) {
    super(which);
  }
  async run(model: Model, target: Target): Promise<void> {
    const { client, check, run } = target.told;
    if (!run.tokens.canIssue('other')) return;
    const { session, at } = meant(this.which, model, target);
    const { value } = await run.tokens.issue('other');
    const authorization = ofAnotherClient(value);
    const answer = await client.cancel(session, { authorization, accept: this.accept });
    check('token.other-client').status(answer, 400, 401);
    await agrees(model, target, answer, { at, requirement: 'token.other-client' });
  }
  toString = () => `cancel ${this.which} for another client${inWords(this.accept)}`;
}

/** A life begins with a session; which ones commands mean is a number modulo how many there are by then. */
export function opening(): fc.Arbitrary<Opening> {
  return fc.record({
    reference: fc.constantFrom('common' as const, 'own' as const, 'none' as const),
    order: fc.constantFrom(...orders),
  });
}

/** Each takes a request and looks at every session: two short lives show more than a long one. */
const MOST_COMMANDS = 9;

/** @param replayPath which commands of a counterexample ran, as fast-check has it; empty where there is none */
export function commands(replayPath: string) {
  const which = fc.nat(MOST_SESSIONS - 1);
  const how = fc.nat(60);
  const accept = fc.constantFrom(...accepts);
  const form = fc.constantFrom(...nearIds);
  const manyAccepts = fc.array(accept, { minLength: 2, maxLength: 4 });
  const all: fc.Arbitrary<Command>[] = [
    fc.tuple(which, ordinaryManner()).map((of) => new Cancel(...of)),
    fc.tuple(which, ordinaryManner()).map((of) => new Cancel(...of)),
    fc.tuple(which, manyAccepts).map((of) => new CancelAtOnce(...of)),
    fc.tuple(which, manyAccepts).map((of) => new CancelAtOnce(...of)),
    fc.tuple(which, how, accept).map((of) => new CancelWithoutValidToken(...of)),
    fc.tuple(which, form, accept).map((of) => new CancelUnderMalformedId(...of)),
    fc.tuple(which, fc.uuid(), accept).map((of) => new CancelUnknown(...of)),
    fc.tuple(which, accept).map((of) => new CancelForAnotherClient(...of)),
    opening().map((of) => new Initiate(of)),
  ];
  const recalled = replayPath === '' ? {} : { replayPath };
  return fc.commands(all, { maxCommands: MOST_COMMANDS, size: 'max', ...recalled });
}
