/** Choices about ids: how odd ones are refused, and in which letter case they come back. */

import { isPlainId } from '../../oracles/allowances.js';
import type { Seen } from '../seen.js';
import { type Choice, cancel, outcomeOf, succeeded, when } from './choice.js';

const ODD_IDS = {
  empty: 'that is empty',
  dots: 'of dots',
  long: 'over 200 characters',
  'beyond-ascii': 'with characters beyond ASCII',
  encoded: 'with percent-encoded characters',
  punctuated: 'with other characters than letters, digits, -, _ and ~',
} as const;

type OddClass = keyof typeof ODD_IDS;

/** Ways in which an id may be refused before the operation sees it; null for one that reaches it. */
export function oddClass(id: string | null): OddClass | null {
  if (id === null || id === '') return 'empty';
  if (isPlainId(id)) return null;
  if (/^(?:\.|%2e)+$/i.test(id)) return 'dots';
  if (id.length > 200) return 'long';
  if (/[^\x21-\x7e]/.test(id)) return 'beyond-ascii';
  return id.includes('%') ? 'encoded' : 'punctuated';
}

export const oddClasses: readonly OddClass[] = [
  'empty',
  'dots',
  'long',
  'beyond-ascii',
  'encoded',
  'punctuated',
];

export const oddIds = oddClasses.flatMap((kind) => {
  const words = ODD_IDS[kind];
  const isOne = (seen: Seen) => seen.isPlainCancel && oddClass(seen.id) === kind;
  return [
    cancel(
      `id.odd.${kind}`,
      `An id ${words}`,
      when((seen) => isOne(seen) && seen.withValidToken, outcomeOf),
    ),
    cancel(
      `id.odd.${kind}.no-token`,
      `An id ${words}, without a token`,
      when((seen) => isOne(seen) && seen.withoutToken, outcomeOf),
    ),
  ];
});

export function letterCase(id: unknown): string | null {
  if (typeof id !== 'string' || !/[a-f]/i.test(id)) return null;
  if (id === id.toLowerCase()) return 'lower case';
  return id === id.toUpperCase() ? 'upper case' : 'mixed case';
}

function idAnswered({ id, members, exchange }: Seen): string | null {
  const answered = members?.['sessionId'];
  if (letterCase(answered) === null || exchange.session === null) return null;
  if (answered === exchange.session.id) return 'as Initiate answered it';
  return answered === id ? 'as asked for' : letterCase(answered);
}

export const answeredIds: readonly Choice[] = [
  cancel(
    'success.session-id',
    'Letter case of the sessionId of a 200',
    when((seen) => succeeded(seen) && seen.id === seen.exchange.session?.id, idAnswered),
  ),
  cancel(
    'success.session-id.other-case',
    'The same where another letter case was asked for than Initiate answered',
    when((seen) => succeeded(seen) && seen.id !== seen.exchange.session?.id, idAnswered),
  ),
];
