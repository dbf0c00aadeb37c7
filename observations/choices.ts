/** The free choices: where contract and rulings leave a service several ways, each with what tells which it took. */

import { headerValue, headerValues, jsonOf, type Operation } from '../fixtures/exchange.js';
import { qualityOf } from '../oracles/accept.js';
import { isPlainId } from '../oracles/allowances.js';
import { isObject } from '../spec/json-pointer.js';
import { beyondAsciiOf, slashesOf, whiteSpaceOf, wholeNumbersOf } from './json-writing.js';
import type { Seen } from './seen.js';
import { generalised } from './wording.js';

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

const declaredTypes = ['application/json', 'text/json', 'text/plain'] as const;

/** The status and what kind of a body comes with it. */
function outcomeOf(seen: Seen): string {
  const { status, response, mediaType } = seen;
  if (response === null) return 'no answer';
  const location = status >= 300 && status < 400 ? seen.header('location') : null;
  const to = location === null ? '' : ` to ${generalised(location, seen)}`;
  if (response.body.length === 0) return `${status}${to}, no body`;
  return `${status}${to}, ${mediaType?.essence ?? 'no media type'}`;
}

const when =
  (condition: (seen: Seen) => boolean, tell: (seen: Seen) => string | null) =>
  (seen: Seen): string | null =>
    condition(seen) ? tell(seen) : null;

const statusOf = ({ status }: Seen): string | null => (status === 0 ? null : String(status));

const cancel = (id: string, question: string, tell: Choice['tell']): Choice => ({
  id,
  question,
  operation: 'cancel',
  tell,
});

const withToken = (kind: string, tell: Choice['tell']) =>
  when((seen) => seen.isPlainCancel && seen.asked['token'] === kind, tell);

// ── Ids ──────────────────────────────────────────────────────────────────────────────────────────

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

const oddIds = oddClasses.flatMap((kind) => {
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

// ── Media types ──────────────────────────────────────────────────────────────────────────────────

const essence = ({ mediaType }: Seen): string | null => mediaType?.essence ?? null;

/** Whether a list of declared types is of equals, so that the choice among them is free. */
function equals(accept: string | null): readonly string[] {
  const named = (accept ?? '').split(',').map((part) => part.trim().toLowerCase());
  const declared = named.filter((type) => declaredTypes.some((one) => one === type));
  return declared.length === named.length && declared.length > 1 ? declared : [];
}

function chosenFrom({ accept, mediaType }: Seen): string | null {
  const types = equals(accept);
  if (types.length === 0 || mediaType === null) return null;
  return types[0] === mediaType.essence
    ? 'the first named'
    : types.at(-1) === mediaType.essence
      ? 'the last named'
      : 'another';
}

const isUnacceptable = ({ accept, exchange, idForm }: Seen): boolean =>
  exchange.request.method === 'POST' &&
  idForm === 'uuid' &&
  declaredTypes.every((type) => qualityOf(accept, type) === 0);

const offersCodings = ({ exchange }: Seen) =>
  headerValue(exchange.request.headers, 'accept-encoding') !== null;

const written = (of: (json: string) => string | null) =>
  when(
    (seen) => seen.isOfOperation && seen.mediaType?.essence === 'application/json',
    ({ json }) => of(json.text),
  );

// ── Methods ──────────────────────────────────────────────────────────────────────────────────────

const methods = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'].flatMap((method) => {
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

// ── Bodies and queries that nobody asked for ─────────────────────────────────────────────────────

const BODIES = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  text: 'text/plain',
} as const;

const alone = (name: string) => (seen: Seen) =>
  seen.exchange.request.method === 'POST' &&
  seen.withValidToken &&
  ['body', 'query', 'header', 'x-client-id'].every(
    (one) => (seen.asked[one] !== undefined) === (one === name),
  );

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

// ── Initiate ─────────────────────────────────────────────────────────────────────────────────────

/** What Initiate was asked with. */
function orderOf({ exchange }: Seen): Readonly<Record<string, unknown>> {
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

function given(members: Readonly<Record<string, unknown>> | null, name: string): string {
  if (members === null || !Object.hasOwn(members, name)) return 'absent';
  return members[name] === null ? 'null' : 'made up';
}

// ── Letter case of ids ───────────────────────────────────────────────────────────────────────────

function letterCase(id: unknown): string | null {
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

const succeeded = ({ status, exchange }: Seen) => status === 200 && exchange.request.method === 'POST';

const tokenAnswer =
  (tell: (members: Readonly<Record<string, unknown>>) => string | null): Choice['tell'] =>
  ({ status, members, asked }) =>
    status === 200 && members !== null && asked['client'] === 'main' ? tell(members) : null;

export const choices: readonly Choice[] = [
  cancel(
    'success.no-reference',
    'The referenceId of a 200 where none was given',
    when(
      (seen) => succeeded(seen) && seen.exchange.session?.referenceIdGiven === false,
      ({ members, exchange }) => {
        const told = given(members, 'referenceId');
        const isInitiates = members?.['referenceId'] === exchange.session?.referenceId;
        return told === 'made up' && isInitiates ? 'as Initiate made it up' : told;
      },
    ),
  ),
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
  ...oddIds,
  ...methods,
  cancel(
    'method.allow',
    'The Allow header of a 405',
    when(
      ({ status }) => status === 405,
      (seen) => seen.header('allow') ?? 'none',
    ),
  ),
  cancel(
    'accept.none',
    'The media type without an Accept header',
    when((seen) => seen.isOfOperation && seen.accept === null, essence),
  ),
  cancel(
    'accept.any',
    'The media type for */*',
    when((seen) => seen.isOfOperation && seen.accept === '*/*', essence),
  ),
  cancel(
    'accept.list',
    'The media type for a list of declared ones without quality values',
    when((seen) => seen.isOfOperation, chosenFrom),
  ),
  cancel(
    'accept.unacceptable',
    'An Accept header that allows nothing that is declared',
    when(isUnacceptable, (seen) => (seen.status === 406 ? outcomeOf(seen) : essence(seen))),
  ),
  ...declaredTypes.map((type) =>
    cancel(
      `content-type.${type.replace('/', '-')}`,
      `The Content-Type for Accept: ${type}`,
      when(
        (seen) => seen.isOfOperation && seen.accept === type,
        (seen) => seen.header('content-type'),
      ),
    ),
  ),
  cancel(
    'content-coding',
    'Content codings where gzip, deflate and br are offered',
    when(
      (seen) => seen.isOfOperation && offersCodings(seen),
      (seen) => seen.header('content-encoding') ?? 'none',
    ),
  ),
  cancel('json.white-space', 'White space of JSON', written(whiteSpaceOf)),
  cancel('json.slashes', 'Slashes within JSON', written(slashesOf)),
  cancel('json.beyond-ascii', 'Characters beyond ASCII within JSON', written(beyondAsciiOf)),
  cancel('json.whole-numbers', 'Whole numbers within JSON', written(wholeNumbersOf)),
  cancel(
    'framing',
    'What tells the end of a body',
    when(
      (seen) => seen.isOfOperation,
      (seen) =>
        seen.header('transfer-encoding') !== null
          ? 'chunks'
          : seen.header('content-length') !== null
            ? 'Content-Length'
            : 'the end of the connection',
    ),
  ),
  cancel(
    'headers.letter-case',
    'Letter case of header names',
    when(
      (seen) => seen.isOfOperation,
      ({ response }) => response?.headers.find(([name]) => /^content-type$/i.test(name))?.[0] ?? null,
    ),
  ),
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

// ── Parts ────────────────────────────────────────────────────────────────────────────────────────

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
