/** What variants are put together from. */

import type { Answer, Call, Change, Condition, Reply, Settings, World } from '../behaviour.js';
import { instead, when } from '../behaviour.js';
import { always, both, method, refused, succeeded, toOperation, withValidToken } from '../conditions.js';
import { type Members, membersOf } from '../json.js';
import type { Variant } from '../variant.js';

interface Rest {
  readonly settings?: Partial<Settings>;
  readonly disregards?: readonly string[];
}

export function variant(
  id: string,
  statement: string,
  changes: Change | readonly Change[],
  { settings = {}, disregards = [] }: Rest = {},
): Variant {
  return {
    id,
    statement,
    changes: typeof changes === 'function' ? [changes] : changes,
    settings,
    disregards,
  };
}

export const toCancel: Condition = toOperation('cancel');

/** A cancel that could succeed, as far as the method tells. */
export const isCancel: Condition = both(toCancel, method('POST'));

/** A cancel that nothing but this condition can be held against: the token is checked before it. */
export const isAuthorizedCancel = (condition: Condition): Condition =>
  both(isCancel, withValidToken, condition);

type Edit = (body: Members, call: Call) => unknown;

/** Edits the reply where it has come out so. */
export const reply = (edit: (reply: Reply, call: Call) => Reply, condition: Condition): Change =>
  instead(
    'reply',
    when(condition, async (call, _outcome, ordinary) => edit(await ordinary(), call)),
  );

const editing = (edit: Edit, condition: Condition): Change =>
  reply((one, call) => ({ ...one, value: edit(membersOf(one.value), call) }), condition);

/** Edits the body of a 200 of Cancel Session. */
export const success = (edit: Edit): Change => editing(edit, succeeded);

/** Edits the problem of a refusal, of whatever endpoint. */
export const refusal = (edit: Edit): Change => editing(edit, refused);

/** Edits what Authorize answers. */
export const authorized = (edit: Edit): Change =>
  editing(
    edit,
    both(toOperation('authorize'), (call) => call.outcome?.kind === 'done'),
  );

/** Edits what Initiate answers. */
export const initiated = (edit: Edit): Change =>
  editing(
    edit,
    both(toOperation('initiate'), (call) => call.outcome?.kind === 'done'),
  );

/** Edits the answers of all endpoints as their bytes are. */
export const answer = (edit: (answer: Answer, call: Call) => Answer, condition: Condition = always): Change =>
  instead(
    'finish',
    when(condition, async (call, _answer, ordinary) => edit(await ordinary(), call)),
  );

export const header = (name: string, value: string | readonly string[]): Change =>
  answer((one) => ({ ...one, headers: { ...one.headers, [name]: value } }));

/** Something answers before the operation has seen the request. */
export const instantly = (condition: Condition, by: (call: Call) => Answer | Promise<Answer>): Change =>
  instead('serve', when(condition, by));

/** What a variant has to remember of one mock; no two mocks share it. */
export function perMock<T>(make: () => T): (call: Call) => T {
  const states = new WeakMap<World, T>();
  return ({ world }) => {
    const state = states.get(world) ?? make();
    states.set(world, state);
    return state;
  };
}

/** Of every so many requests of a kind the last one, whoever sends it. */
export function everyNth(count: number, condition: Condition): Condition {
  const seen = perMock(() => ({ requests: 0 }));
  return async (call) => {
    if (!(await condition(call))) return false;
    const state = seen(call);
    state.requests += 1;
    return state.requests % count === 0;
  };
}
