/** A free choice of a service, and the words in which choices are told. */

import type { Operation } from '../../fixtures/exchange.js';
import type { Seen } from '../seen.js';
import { generalised } from '../wording.js';

export interface Choice {
  readonly id: string;
  readonly question: string;
  readonly operation: Operation;
  /** What an exchange says of it, in words that are the same for all that say the same; null where it says nothing. */
  readonly tell: (seen: Seen) => string | null;
  /** It is a quantity: where there are several, time or chance decides. */
  readonly isQuantity?: true;
}

/** Named parts of an answer: the members of its body, or its headers. */
export interface Parts {
  readonly id: string;
  readonly question: string;
  readonly operation: Operation;
  readonly tell: (seen: Seen) => ReadonlyMap<string, unknown> | null;
  /** Whether their values are told as well, where they are not other ones every time; else the names alone. */
  readonly withValues: boolean;
}

/** The status and what kind of a body comes with it. */
export function outcomeOf(seen: Seen): string {
  const { status, response, mediaType } = seen;
  if (response === null) return 'no answer';
  const location = status >= 300 && status < 400 ? seen.header('location') : null;
  const to = location === null ? '' : ` to ${generalised(location, seen)}`;
  if (response.body.length === 0) return `${status}${to}, no body`;
  return `${status}${to}, ${mediaType?.essence ?? 'no media type'}`;
}

export const when =
  (condition: (seen: Seen) => boolean, tell: (seen: Seen) => string | null) =>
  (seen: Seen): string | null =>
    condition(seen) ? tell(seen) : null;

export const statusOf = ({ status }: Seen): string | null => (status === 0 ? null : String(status));

export const cancel = (id: string, question: string, tell: Choice['tell']): Choice => ({
  id,
  question,
  operation: 'cancel',
  tell,
});

export const withToken = (kind: string, tell: Choice['tell']) =>
  when((seen) => seen.isPlainCancel && seen.asked['token'] === kind, tell);

/** Asked with a valid token, and with nothing else of note than this. */
export const alone = (name: string) => (seen: Seen) =>
  seen.exchange.request.method === 'POST' &&
  seen.withValidToken &&
  ['body', 'query', 'header', 'x-client-id'].every(
    (one) => (seen.asked[one] !== undefined) === (one === name),
  );

export const succeeded = ({ status, exchange }: Seen) => status === 200 && exchange.request.method === 'POST';

/** What an answer makes of a member that nobody gave a value for. */
export function given(members: Readonly<Record<string, unknown>> | null, name: string): string {
  if (members === null || !Object.hasOwn(members, name)) return 'absent';
  return members[name] === null ? 'null' : 'made up';
}
