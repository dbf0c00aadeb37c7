/** Imitates what requests out of the ordinary get: other methods, odd ids, bodies, Accept and Authorization headers. */

import { oddClass, oddClasses } from '../../observations/choices/ids.js';
import { empty, html, problemAnswer, text } from '../answers.js';
import {
  type Answer,
  type Call,
  type Change,
  type Condition,
  instead,
  type Outcome,
  when,
} from '../behaviour.js';
import {
  both,
  cameOut,
  method,
  not,
  toOperation,
  withBodyOf,
  withClientId,
  withoutAuthorization,
  withQuery,
} from '../conditions.js';
import { acceptable, mediaTypes, parseAccept } from '../negotiation.js';
import { render } from '../steps.js';
import { instantly, isAuthorizedCancel, isCancel, reply, toCancel } from '../variants/define.js';
import type { Observed } from './observed.js';

export function requests(observed: Observed): readonly Change[] {
  return [
    ...tokensOfOthers(observed),
    ...authorizationHeaders(observed),
    ...refusals(observed),
    ...accepts(observed),
    ...malformedIds(observed),
    ...oddIds(observed),
    ...methods(observed),
    ...details(observed),
  ];
}

// ── Answers as they were observed ────────────────────────────────────────────────────────────────

/**
 * @param value a status, where it leads, and what kind of a body comes with it
 * @param allow the methods that a 405 tells
 */
function answerLike(value: string, allow?: string): (() => Answer) | undefined {
  const [, code, location, kind] = /^(\d{3})(?: to ([\x21-\x7e]+))?, (.+)$/.exec(value) ?? [];
  if (code === undefined) return undefined;
  const status = Number(code);
  const headers = {
    ...(location === undefined ? {} : { Location: location }),
    ...(allow === undefined || status !== 405 ? {} : { Allow: allow }),
  };
  switch (kind) {
    case 'no body':
      return () => empty(status, headers);
    case 'text/html':
      return () => html(status, 'Refused', headers);
    case 'text/plain':
      return () => text(status, 'Refused', headers);
    case 'no media type':
      return () => ({ status, headers, body: Buffer.from('Refused') });
    case 'application/json':
      return () => problemAnswer(status, 'Refused', headers);
    default:
      return undefined;
  }
}

/** Answers in the place of the operation, unless the operation itself answers so. */
function answering(
  observed: Observed,
  id: string,
  ordinary: string,
  condition: Condition,
  value = observed.value(id),
  allow?: string,
): readonly Change[] {
  if (value === undefined || value === ordinary) return [];
  const like = answerLike(value, allow);
  if (like !== undefined && /^[34]/.test(value)) return [instantly(condition, like)];
  observed.cannot(id, like === undefined ? 'when it does which is not known' : 'it would break the contract');
  return [];
}

// ── Tokens ───────────────────────────────────────────────────────────────────────────────────────

/** Another client's session, and one that another token of the same client initiated. */
function tokensOfOthers(observed: Observed): readonly Change[] {
  const foreign = observed.oneOf('foreign-session', '400', '401');
  const another = observed.oneOf('token.another', '200', '400', '401');
  const status = (call: Call) => (call.token?.account === call.subject?.account ? another : foreign);
  return [
    ...(another === '400' || another === '401'
      ? [instead('permit', (call, session) => call.token?.value === session.initiatedWith)]
      : []),
    instead(
      'reply',
      when(both(toCancel, cameOut('foreign')), (call, _outcome, ordinary) =>
        status(call) === '401' ? ordinary({ kind: 'unauthorized' }) : ordinary(),
      ),
    ),
  ];
}

const lineLike =
  (pattern: RegExp): Condition =>
  ({ request: { authorization } }) =>
    pattern.test(authorization[0] ?? '');

const SPACES = { spaces: / {2,}/, tab: /\s*\t/ } as const;

function authorizationHeaders(observed: Observed): readonly Change[] {
  const refusing = (id: string, condition: Condition): readonly Change[] => {
    const status = observed.oneOf(id, '400', '401', '403', '431');
    return status === undefined || status === '401'
      ? []
      : [instantly(both(isCancel, condition), () => problemAnswer(Number(status), 'Refused'))];
  };
  return [
    ...Object.entries(SPACES).flatMap(([name, space]) => {
      const line = new RegExp(`^\\S+${space.source}`);
      const unknown = refusing(`authorization.${name}.unknown-token`, lineLike(line));
      const valid = observed.oneOf(`authorization.${name}`, '400', '401', '403', '431');
      // A cancelled session is answered 400 as well where the token is taken for valid.
      if (unknown.length > 0 || valid === undefined) return unknown;
      return [
        instead('authenticate', (_call, [first = '', ...more], ordinary) => {
          if (!line.test(first)) return ordinary();
          return valid === '400' ? ordinary([first.replace(/^(\S+)\s+/, '$1 '), ...more]) : undefined;
        }),
      ];
    }),
    ...refusing('authorization.two-lines', (call) => call.request.authorization.length > 1),
    ...answering(
      observed,
      'authorization.long',
      '401, application/json',
      both(isCancel, lineLike(/^.{8001,}$/s)),
    ),
  ];
}

// ── What nobody asked for ────────────────────────────────────────────────────────────────────────

const OF_BODIES = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  text: 'text/plain',
} as const;

function refusals(observed: Observed): readonly Change[] {
  const rendering = (status: string | undefined, condition: Condition, detail: string): readonly Change[] => {
    const outcome: Outcome = status === '401' ? { kind: 'unauthorized' } : { kind: 'invalid', detail };
    return status === undefined || status === '200'
      ? []
      : [instantly(isAuthorizedCancel(condition), (call) => render(call, outcome))];
  };
  return [
    ...rendering(
      observed.oneOf('client-id.unknown', '200', '400', '401'),
      withClientId,
      'The x-client-id is unknown',
    ),
    ...rendering(
      observed.oneOf('request.query', '200', '400', '401'),
      withQuery,
      'A query parameter is unknown',
    ),
    ...Object.entries(OF_BODIES).flatMap(([name, type]) => {
      const ofActive = observed.oneOf(`request.body.${name}`, '200', '400', '413', '415');
      const ofCancelled = observed.oneOf(`request.body.${name}.cancelled`, '400', '413', '415');
      // A cancelled session is answered 400 with a body or without one.
      const status = ofActive ?? (ofCancelled === '400' ? undefined : ofCancelled);
      if (status === undefined || status === '200') return [];
      const closing = { Connection: 'close' };
      return [
        instantly(isAuthorizedCancel(withBodyOf(type)), () =>
          problemAnswer(Number(status), 'The body is refused', closing),
        ),
      ];
    }),
  ];
}

// ── Accept ───────────────────────────────────────────────────────────────────────────────────────

const isDeclared = (type: string): boolean => mediaTypes.some((one) => one === type);

const unacceptable: Condition = (call) => acceptable(call.request.accept) === undefined;

function accepts(observed: Observed): readonly Change[] {
  const choosing = (condition: Condition, choose: (accept: string) => string): Change =>
    instead(
      'mediaType',
      when(both(toCancel, condition), (_call, accept): string => choose(accept ?? '')),
    );
  const none = observed.oneOf('accept.none', ...mediaTypes);
  const any = observed.oneOf('accept.any', ...mediaTypes);
  const list = observed.oneOf('accept.list', 'the first named', 'the last named');
  const others = observed.value('accept.unacceptable') ?? '';
  const types = (accept: string) => parseAccept(accept).map(({ type }) => type);
  const isList: Condition = ({ request: { accept = '' } }) =>
    parseAccept(accept).length > 1 &&
    parseAccept(accept).every(({ type, quality }) => isDeclared(type) && quality === 1);
  return [
    ...(none === undefined
      ? []
      : [
          choosing(
            ({ request }) => request.accept === undefined,
            () => none,
          ),
        ]),
    ...(any === undefined
      ? []
      : [
          choosing(
            ({ request }) => request.accept === '*/*',
            () => any,
          ),
        ]),
    ...(list === undefined
      ? []
      : [choosing(isList, (accept) => types(accept).at(list === 'the first named' ? 0 : -1) ?? '')]),
    ...(isDeclared(others)
      ? [choosing(unacceptable, () => others)]
      : answering(observed, 'accept.unacceptable', '', both(isCancel, unacceptable))),
  ];
}

// ── Ids ──────────────────────────────────────────────────────────────────────────────────────────

function malformedIds(observed: Observed): readonly Change[] {
  const status = observed.oneOf('id.malformed.no-token', '400', '401');
  const isMalformed: Condition = async (call) =>
    (await call.steps.readId(call, call.rawId)) === undefined && oddClass(call.rawId) === null;
  return status === '400'
    ? [
        instantly(both(isCancel, withoutAuthorization, isMalformed), (call) =>
          render(call, { kind: 'malformed' }),
        ),
      ]
    : [];
}

function oddIds(observed: Observed): readonly Change[] {
  return oddClasses.flatMap((name) => {
    const isOne: Condition = both(isCancel, (call) => oddClass(call.rawId) === name);
    const withToken = answering(
      observed,
      `id.odd.${name}`,
      '400, application/json',
      both(isOne, not(withoutAuthorization)),
    );
    const withoutToken = both(isOne, withoutAuthorization);
    const id = `id.odd.${name}.no-token`;
    // As a malformed id is, before anybody looks for a token.
    if (observed.value(id) === '400, application/json')
      return [...withToken, instantly(withoutToken, (call) => render(call, { kind: 'malformed' }))];
    return [...withToken, ...answering(observed, id, '401, application/json', withoutToken)];
  });
}

// ── Methods ──────────────────────────────────────────────────────────────────────────────────────

const OTHERS = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'];

/** Methods that were not asked with are answered as the others, where those agree. */
function methods(observed: Observed): readonly Change[] {
  const observedAllow = observed.value('method.allow');
  const allow = /^[A-Z, ]*$/.test(observedAllow ?? '') ? observedAllow : undefined;
  if (observedAllow !== allow && observedAllow !== 'none')
    observed.cannot('method.allow', 'when it says which is not known');
  const sets = ['', '.no-token'].flatMap((how) => {
    const values = OTHERS.map((name) => observed.value(`method.${name.toLowerCase()}${how}`));
    const known = [...new Set(values.filter((value, i) => value !== undefined && OTHERS[i] !== 'HEAD'))];
    return OTHERS.flatMap((name, i) => {
      const condition = both(
        toCancel,
        method(name),
        how === '' ? not(withoutAuthorization) : withoutAuthorization,
      );
      const value = values[i] ?? (known.length === 1 && name !== 'HEAD' ? known[0] : undefined);
      const id = `method.${name.toLowerCase()}${how}`;
      // HEAD has the same answer as GET and no body (RFC 9110 section 9.3.2).
      const ordinary = name === 'HEAD' ? '405, no body' : '405, application/json';
      if (value === '401, application/json')
        return [instantly(condition, (call) => render(call, { kind: 'unauthorized' }))];
      return answering(observed, id, ordinary, condition, value, allow);
    });
  });
  if (allow === undefined) return sets;
  return [
    reply(
      (one) => ({ ...one, headers: { ...one.headers, Allow: allow } }),
      both(toCancel, cameOut('method')),
    ),
    ...sets,
  ];
}

// ── Session Details ──────────────────────────────────────────────────────────────────────────────

function details(observed: Observed): readonly Change[] {
  const id = 'details.answer';
  const value = observed.value(id);
  const ofDetails = toOperation('details');
  if (value === undefined || value === '200, application/json') return [];
  if (value === 'no answer')
    return [instead('send', (call, _answer, ordinary) => (ofDetails(call) ? undefined : ordinary()))];
  if (value.split('; ').includes('200, application/json')) {
    // Where a token may act on its own session alone, the details of others are refused as well.
    const explained = ['400', '401'].includes(observed.value('token.another') ?? '');
    if (!explained) observed.cannot(id, 'when it does which is not known');
    return [];
  }
  const like = answerLike(value);
  if (like !== undefined) return [instantly(ofDetails, like)];
  observed.cannot(id, 'when it does which is not known');
  return [];
}
