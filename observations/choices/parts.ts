/** Parts of answers that a service chooses: the members of bodies, and headers. */

import { headerValues } from '../../fixtures/exchange.js';
import type { Seen } from '../seen.js';
import { type Parts, succeeded } from './choice.js';
import { orderOf } from './neighbours.js';

const members = (seen: Seen): ReadonlyMap<string, unknown> | null =>
  seen.members === null ? null : new Map(Object.entries(seen.members));

const problem = (id: string, question: string, condition: (seen: Seen) => boolean): Parts => ({
  id: `problem.${id}`,
  question,
  operation: 'cancel',
  withValues: true,
  tell: (seen) => (seen.isPlainCancel && seen.isOfOperation && condition(seen) ? members(seen) : null),
});

/** They say how an answer travels, or are told by themselves. */
const OF_DELIVERY =
  /^(?:connection|keep-alive|transfer-encoding|content-length|content-type|content-encoding|trailer|retry-after)$/;

const headers = (status: number): Parts => ({
  id: `headers.${status}`,
  question: `The headers of a ${status}`,
  operation: 'cancel',
  withValues: true,
  tell: (seen) => {
    if (!seen.isOfOperation || seen.status !== status) return null;
    const all = seen.response?.headers ?? [];
    const names = [...new Set(all.map(([name]) => name.toLowerCase()))].filter(
      (name) => !OF_DELIVERY.test(name),
    );
    return new Map(
      names.sort().map((name) => {
        const [first, ...more] = headerValues(all, name);
        return [name, more.length === 0 ? first : [first, ...more]];
      }),
    );
  },
});

/** One that no other member is likely to hold. */
const hasReference = ({ exchange: { session } }: Seen) =>
  session?.referenceIdGiven === true && session.referenceId !== '';

const unknownToken = /^(?:unknown token|token .*)$/;

export const parts: readonly Parts[] = [
  {
    id: 'success',
    question: 'The members of a 200',
    operation: 'cancel',
    withValues: true,
    tell: (seen) => (succeeded(seen) && hasReference(seen) ? members(seen) : null),
  },
  problem(
    'cancelled',
    'The problem of a session that is cancelled already',
    (seen) => seen.withValidToken && seen.ofCancelled && seen.status === 400 && seen.idForm === 'uuid',
  ),
  problem(
    'unknown',
    'The problem of an id that is well-formed and unknown',
    (seen) =>
      seen.withValidToken && seen.exchange.session === null && seen.status === 400 && seen.idForm === 'uuid',
  ),
  problem(
    'malformed',
    'The problem of an id that is malformed',
    (seen) => seen.withValidToken && seen.status === 400 && seen.idForm === 'plain',
  ),
  problem(
    'foreign',
    "The problem of a session of another client's",
    (seen) => seen.asked['token'] === "another client's" && seen.status >= 400,
  ),
  problem(
    'no-token',
    'The problem without a token',
    (seen) => seen.withoutToken && seen.status === 401 && seen.idForm === 'uuid',
  ),
  problem(
    'invalid-token',
    'The problem of a token that is not valid',
    (seen) => unknownToken.test(seen.asked['token'] ?? '') && seen.status === 401 && seen.idForm === 'uuid',
  ),
  ...[200, 400, 401].map(headers),
  {
    id: 'authorize',
    question: 'The members that Authorize answers',
    operation: 'authorize',
    withValues: false,
    tell: (seen) => (seen.status === 200 ? members(seen) : null),
  },
  {
    id: 'initiate',
    question: 'The members that Initiate answers where a referenceId was given',
    operation: 'initiate',
    withValues: false,
    tell: (seen) =>
      [200, 201].includes(seen.status) && orderOf(seen)['referenceId'] !== undefined ? members(seen) : null,
  },
  {
    id: 'details',
    question: 'The members of Session Details',
    operation: 'details',
    withValues: false,
    tell: (seen) => (seen.status === 200 ? members(seen) : null),
  },
];
