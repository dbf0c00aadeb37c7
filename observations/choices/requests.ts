/** Choices about unusual requests: other tokens, headers, bodies, queries and methods. */

import type { Seen } from '../seen.js';
import { alone, type Choice, cancel, outcomeOf, statusOf, when, withToken } from './choice.js';

const BODIES = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  text: 'text/plain',
} as const;

const requestBodies = Object.entries(BODIES).flatMap(([name, type]) => {
  const isOne = (seen: Seen) => alone('body')(seen) && seen.asked['body'] === type;
  return [
    cancel(
      `request.body.${name}`,
      `A request body of ${type}, for an active session`,
      when((seen) => isOne(seen) && seen.ofActive, statusOf),
    ),
    cancel(
      `request.body.${name}.cancelled`,
      `A request body of ${type}, for a cancelled session`,
      when((seen) => isOne(seen) && seen.ofCancelled, statusOf),
    ),
  ];
});

export const requests: readonly Choice[] = [
  cancel('foreign-session', "A session of another client's", withToken("another client's", statusOf)),
  cancel(
    'token.another',
    'A session that another token of the same client initiated',
    when((seen) => seen.ofActive, withToken("another of the client's", statusOf)),
  ),
  cancel(
    'id.malformed.no-token',
    'A malformed id without a token',
    when((seen) => seen.isPlainCancel && seen.withoutToken && seen.idForm === 'plain', statusOf),
  ),
  cancel(
    'client-id.unknown',
    'An x-client-id that nobody knows, for an active session',
    when(
      (seen) => alone('x-client-id')(seen) && seen.asked['x-client-id'] === 'given' && seen.ofActive,
      statusOf,
    ),
  ),
  cancel(
    'request.query',
    'An unknown query parameter, for an active session',
    when((seen) => alone('query')(seen) && seen.ofActive, statusOf),
  ),
  ...requestBodies,
  cancel(
    'authorization.spaces',
    'Several spaces behind the scheme, for a cancelled session',
    withToken('several spaces behind the scheme', statusOf),
  ),
  cancel(
    'authorization.tab',
    'A tab behind the scheme, for a cancelled session',
    withToken('a tab behind the scheme', statusOf),
  ),
  cancel(
    'authorization.spaces.unknown-token',
    'Several spaces and an unknown token',
    withToken('several spaces and an unknown token', statusOf),
  ),
  cancel(
    'authorization.tab.unknown-token',
    'A tab and an unknown token',
    withToken('a tab and an unknown token', statusOf),
  ),
  cancel(
    'authorization.long',
    'An Authorization header over 8,000 characters',
    withToken('over 8,000 characters', outcomeOf),
  ),
  cancel(
    'authorization.two-lines',
    'Two Authorization lines',
    when((seen) => seen.isPlainCancel && seen.asked['token']?.startsWith('two lines') === true, statusOf),
  ),
];

const ofMethods = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'].flatMap((method) => {
  const isIt = ({ exchange, asked }: Seen) =>
    exchange.request.method === method && asked['header'] === undefined && asked['query'] === undefined;
  const name = method.toLowerCase();
  return [
    cancel(
      `method.${name}`,
      `${method} with a valid token`,
      when((seen) => isIt(seen) && seen.withValidToken && seen.asked['x-client-id'] === undefined, outcomeOf),
    ),
    cancel(
      `method.${name}.no-token`,
      `${method} without a token`,
      when((seen) => isIt(seen) && seen.withoutToken, outcomeOf),
    ),
  ];
});

export const methods: readonly Choice[] = [
  ...ofMethods,
  cancel(
    'method.allow',
    'The Allow header of a 405',
    when(
      ({ status }) => status === 405,
      (seen) => seen.header('allow') ?? 'none',
    ),
  ),
];
