/** Choices about the endpoints around the operation: Authorize, Initiate and Session Details. */

import { jsonOf } from '../../fixtures/exchange.js';
import { isObject } from '../../spec/json-pointer.js';
import type { Seen } from '../seen.js';
import { type Choice, given, outcomeOf, statusOf, when } from './choice.js';
import { letterCase } from './ids.js';

/** What Initiate was asked with. */
export function orderOf({ exchange }: Seen): Readonly<Record<string, unknown>> {
  const order = jsonOf(Buffer.from(exchange.request.body ?? ''));
  return isObject(order) ? order : {};
}

/** What Initiate makes of a referenceId; the first explanation that fits. */
function referenceAnswered(seen: Seen): string | null {
  const { referenceId: given, amount } = orderOf(seen);
  // An order without an amount may be refused for that.
  if (typeof given !== 'string' || amount === undefined) return null;
  const { members, status } = seen;
  if (![200, 201].includes(status)) return status === 401 ? null : `refused with ${status}`;
  const answered = members?.['referenceId'];
  if (answered === given) return 'repeated as it is';
  if (typeof answered !== 'string') return 'not repeated';
  if (answered === given.trim()) return 'trimmed';
  if (answered === given.normalize('NFC')) return 'normalised to NFC';
  const length = [...answered].length;
  return given.startsWith(answered) ? `cut after ${length} characters` : 'changed otherwise';
}

function withoutReference(seen: Seen): string | null {
  const { referenceId, amount } = orderOf(seen);
  if (referenceId !== undefined || amount === undefined || seen.status === 401) return null;
  if (![200, 201].includes(seen.status)) return `refused with ${seen.status}`;
  return given(seen.members, 'referenceId');
}

const tokenAnswer =
  (tell: (members: Readonly<Record<string, unknown>>) => string | null): Choice['tell'] =>
  ({ status, members, asked }) =>
    status === 200 && members !== null && asked['client'] === 'main' ? tell(members) : null;

export const neighbours: readonly Choice[] = [
  {
    id: 'token.type',
    question: 'The token_type that Authorize answers',
    operation: 'authorize',
    tell: tokenAnswer(({ token_type }) => (typeof token_type === 'string' ? token_type : 'none')),
  },
  {
    id: 'token.lifetime',
    question: 'How long a token lives',
    operation: 'authorize',
    isQuantity: true,
    tell: tokenAnswer(({ expires_in }) =>
      expires_in === undefined ? 'not told' : `${Number(expires_in)} seconds`,
    ),
  },
  {
    id: 'initiate.status',
    question: 'The status of a session that was initiated',
    operation: 'initiate',
    tell: when(({ status }) => status < 300, statusOf),
  },
  {
    id: 'initiate.session-id',
    question: 'Letter case of ids that Initiate answers',
    operation: 'initiate',
    tell: ({ members }) => letterCase(members?.['sessionId']),
  },
  {
    id: 'initiate.reference',
    question: 'What Initiate makes of a referenceId',
    operation: 'initiate',
    tell: referenceAnswered,
  },
  {
    id: 'initiate.no-reference',
    question: 'The referenceId that Initiate answers where none was given',
    operation: 'initiate',
    tell: withoutReference,
  },
  {
    id: 'details.answer',
    question: 'Session Details',
    operation: 'details',
    tell: outcomeOf,
  },
];
