/** Faults of a middleware that lets tokens in: what is no valid token is accepted, or refused in the wrong way. */

import { createHmac } from 'node:crypto';
import { empty, problemAnswer } from '../answers.js';
import { type Answer, type Call, type Change, type Condition, when } from '../behaviour.js';
import {
  always,
  asksFor,
  both,
  not,
  ofEndedOtherwise,
  ofTheOther,
  oneIn,
  unauthorized,
  withBody,
  withBodyOf,
  withClientId,
  withoutAuthorization,
  withoutLength,
  withQuery,
  withUpperCaseId,
  withValidToken,
} from '../conditions.js';
import { without } from '../json.js';
import { acceptable } from '../negotiation.js';
import { isExpired, type Token } from '../tokens.js';
import {
  answer,
  aside,
  cancelSubject,
  crashes,
  fault,
  inCancel,
  instantly,
  ownersToken,
  refusal,
  status,
} from './define.js';

const missing = ['token.missing', 'token.no-effect', 'token.before-state'];
const malformed = ['token.malformed', 'token.no-effect', 'token.before-state'];
const invalid = ['token.invalid', 'token.no-effect', 'token.before-state'];
const altered = ['token.altered', 'token.no-effect', 'token.before-state'];
const expired = ['token.expired', 'token.no-effect', 'token.before-state'];

type Reading = (line: string, call: Call) => Token | boolean | undefined;

/** Where the ordinary reading finds no valid token, this one may find one, or do without. */
const alsoAccepts = (reading: Reading, condition: Condition = always): Change =>
  inCancel(
    'authenticate',
    when(condition, async (call, lines, ordinary) => {
      const read = (await ordinary()) ?? reading(lines[0] ?? '', call);
      return read === true ? ownersToken(call) : read || undefined;
    }),
  );

/** What stands behind the scheme, or all of it where there is none. */
const credentials = (line: string): string => line.replace(/^\S+\s+/, '');

const bearerCredentials = (line: string): string => /^Bearer +(.*)$/i.exec(line)?.[1] ?? '';

/** The first token that is still valid and that the test likes. */
function validToken(call: Call, test: (value: string) => boolean): Token | undefined {
  return call.world.tokens.all().find((token) => !isExpired(token) && test(token.value));
}

/** Finds the token that what was given is held to be. */
const acceptsLike = (
  isHeldToBe: (given: string, value: string) => boolean,
  condition: Condition = always,
): Change =>
  alsoAccepts((line, call) => {
    const given = bearerCredentials(line);
    return validToken(call, (value) => isHeldToBe(given, value));
  }, condition);

/** Finds the token that looks the same to a comparison that looks at less than all of it. */
const compares = (seen: (value: string) => string, condition: Condition = always): Change =>
  acceptsLike((given, value) => seen(given) !== '' && seen(value) === seen(given), condition);

const inQueryWhere = (condition: Condition, ...names: readonly string[]): Change =>
  alsoAccepts((_line, call) => {
    const value = names.map((name) => call.request.query.get(name)).find((one) => one !== null);
    return typeof value === 'string' ? validToken(call, (issued) => issued === value) : undefined;
  }, condition);

const inQuery = (...names: readonly string[]): Change => inQueryWhere(always, ...names);

/** The token stands in another header, alone or behind a scheme or a name. */
const inHeader = (name: string, condition: Condition = withoutAuthorization): Change =>
  alsoAccepts((_line, call) => {
    const words = (call.request.header(name)[0] ?? '').split(/[\s=;]+/);
    return validToken(call, (issued) => words.includes(issued));
  }, condition);

/** A user name and a password with a colon between them, in base64. */
const looksLikeCredentials = (value: string): boolean =>
  /^[\w-]+:[\w-]+$/.test(Buffer.from(value, 'base64').toString());

function isSignedWith(value: string, key: string): boolean {
  const [head, claims, signature] = value.split('.');
  return signature === createHmac('sha256', key).update(`${head}.${claims}`).digest('base64url');
}

/** The header of a JWT, as JSON. */
const headOf = (value: string): string => Buffer.from(value.split('.')[0] ?? '', 'base64url').toString();

/** A JWT whose header says that it is not signed. */
const isUnsigned = (value: string): boolean => /"alg"\s*:\s*"none"/i.test(headOf(value));

function expiredToken(line: string, call: Call): Token | undefined {
  const token = call.world.tokens.find(bearerCredentials(line));
  return token && isExpired(token) ? token : undefined;
}

/** The Authorization header holds some token, though no valid one. */
const withToken: Condition = (call) => bearerCredentials(call.request.authorization[0] ?? '') !== '';

const withExpiredToken: Condition = (call) =>
  expiredToken(call.request.authorization[0] ?? '', call) !== undefined;

/** Tokens that the sessions of this mock were cancelled with by those who initiated them. */
const cancelledWith = ({ world }: Call): ReadonlySet<string> =>
  new Set(
    world.sessions
      .all()
      .filter(({ status }) => status === 'Cancelled')
      .map(({ initiatedWith }) => initiatedWith),
  );

const withOtherScheme: Condition = (call) => /^(?!Bearer\b)\S+ /i.test(call.request.authorization[0] ?? '');

const ofEnded: Condition = (call) => call.subject !== undefined && call.subject.status !== 'Initiated';

/** The session answers before anybody has asked who wants to know. */
const beforeToken = (condition: Condition, detail: string): Change =>
  instantly(both(not(withValidToken), condition), () => problemAnswer(400, detail));

const cancelsUnauthorized = (condition: Condition = always): Change =>
  aside(both(unauthorized, condition), cancelSubject);

/** The last refusal is remembered with the session, and is the answer to whoever comes next. */
const remembersRefusal = (refusals: number): Change =>
  inCancel('authenticate', async (call, _lines, ordinary) => {
    const token = await ordinary();
    const notes = call.subject?.notes;
    if (!token) notes?.add(`refusal ${notes.size + 1}`);
    return notes !== undefined && notes.size >= refusals ? undefined : token;
  });

/** A token that was used while it lived lives as long again from then on. */
function livesOn(): Change {
  const usedAt = new WeakMap<Token, number>();
  return inCancel('authenticate', async (call, lines, ordinary) => {
    const token = (await ordinary()) ?? expiredToken(lines[0] ?? '', call);
    if (token === undefined) return undefined;
    if (isExpired(token) && Date.now() > (usedAt.get(token) ?? 0) + token.expiresIn * 1000) return undefined;
    usedAt.set(token, Date.now());
    return token;
  });
}

function repeatsForAnybody(): Change {
  const answers = new Map<string, Answer>();
  return inCancel('serve', async (call, _operation, ordinary) => {
    const [key] = call.request.header('idempotency-key');
    const known = key === undefined ? undefined : answers.get(key + call.rawId);
    if (known !== undefined && !(await withValidToken(call))) return known;
    const answer = await ordinary();
    if (key !== undefined && answer.status === 200) answers.set(key + call.rawId, answer);
    return answer;
  });
}

const withoutChallenge = (condition: Condition): Change =>
  answer((one) => ({ ...one, headers: without(one.headers, 'WWW-Authenticate') }), condition);

export const tokenFaults = [
  fault(
    'token.missing-from-localhost',
    missing,
    'No token is asked for where X-Forwarded-For names this machine.',
    alsoAccepts(
      () => true,
      both(withoutAuthorization, (call) => call.request.header('x-forwarded-for')[0] === '127.0.0.1'),
    ),
  ),
  fault(
    'token.missing-accepted',
    missing,
    'No Authorization header is as good as a valid one.',
    alsoAccepts((_line, call) => call.request.authorization.length === 0),
  ),
  fault(
    'token.missing-accepted-as-text-json',
    missing,
    'Under text/json no Authorization header is as good as a valid one.',
    alsoAccepts((_line, call) => call.request.authorization.length === 0, asksFor('text/json')),
  ),
  fault(
    'token.missing-accepted-as-text-plain',
    missing,
    'Under text/plain no Authorization header is as good as a valid one.',
    alsoAccepts((_line, call) => call.request.authorization.length === 0, asksFor('text/plain')),
  ),
  fault(
    'token.empty-accepted',
    malformed,
    'An empty Authorization header is accepted.',
    alsoAccepts((line, call) => call.request.authorization.length > 0 && line === ''),
  ),
  fault(
    'token.bare-scheme-accepted',
    malformed,
    'Bearer with no token is accepted.',
    alsoAccepts((line) => /^Bearer\s*$/i.test(line)),
  ),
  fault(
    'token.basic-accepted',
    malformed,
    'Basic credentials are accepted.',
    alsoAccepts((line) => /^Basic /i.test(line)),
  ),
  fault(
    'token.client-credentials-accepted',
    malformed,
    "The client's own Basic credentials are accepted.",
    alsoAccepts((line) =>
      Buffer.from(/^Basic +(.*)$/i.exec(line)?.[1] ?? '', 'base64')
        .toString()
        .startsWith('mock-'),
    ),
  ),
  fault(
    'token.scheme-ignored',
    malformed,
    'A valid token is accepted with any scheme.',
    alsoAccepts((line, call) =>
      /^\S+ /.test(line) ? validToken(call, (value) => value === credentials(line)) : undefined,
    ),
  ),
  fault(
    'token.scheme-missing-accepted',
    malformed,
    'A valid token is accepted without a scheme.',
    alsoAccepts((line, call) => validToken(call, (value) => value === line)),
  ),
  fault(
    'token.scheme-glued-accepted',
    malformed,
    'A valid token is accepted where nothing stands between it and the scheme.',
    alsoAccepts((line, call) =>
      validToken(call, (value) => `bearer${value}` === line.replace(/^bearer/i, 'bearer')),
    ),
  ),
  fault(
    'token.scheme-longer-accepted',
    malformed,
    'Any scheme that begins with Bearer is accepted.',
    alsoAccepts((line, call) =>
      /^Bearer\S/i.test(line) ? validToken(call, (value) => value === credentials(line)) : undefined,
    ),
  ),
  fault(
    'token.any-accepted',
    invalid,
    'Any token is accepted.',
    alsoAccepts((line) => bearerCredentials(line) !== ''),
  ),
  fault(
    'token.any-long-accepted',
    invalid,
    'Any token of 32 characters or more is accepted.',
    alsoAccepts((line) => bearerCredentials(line).length >= 32),
  ),
  fault(
    'token.any-accepted-as-text-json',
    invalid,
    'Under text/json any token is accepted.',
    alsoAccepts((line) => bearerCredentials(line) !== '', asksFor('text/json')),
  ),
  fault(
    'token.any-short-accepted',
    invalid,
    'Any token of up to 16 characters is accepted.',
    alsoAccepts((line) => /^.{1,16}$/.test(bearerCredentials(line))),
  ),
  fault(
    'token.placeholder-accepted',
    invalid,
    'Tokens that developers try (null, undefined, test, token, invalid) are accepted.',
    alsoAccepts((line) =>
      /^(null|undefined|test|token|invalid|invalid-token)$/i.test(bearerCredentials(line)),
    ),
  ),
  fault(
    'token.jwt-accepted',
    invalid,
    'Whatever has three parts with dots between them is accepted.',
    alsoAccepts((line) => /^[\w-]+\.[\w-]+\.[\w-]*$/.test(bearerCredentials(line))),
  ),
  fault(
    'token.unsigned-accepted',
    invalid,
    'A JWT whose alg is none is accepted.',
    alsoAccepts((line) => isUnsigned(bearerCredentials(line))),
  ),
  fault(
    'token.first-8-compared',
    altered,
    'Of a token the first 8 characters are compared.',
    compares((value) => value.slice(0, 8)),
  ),
  fault(
    'token.first-32-compared',
    altered,
    'Of a token the first 32 characters are compared.',
    compares((value) => value.slice(0, 32)),
  ),
  fault(
    'token.last-16-compared',
    altered,
    'Of a token the last 16 characters are compared.',
    compares((value) => value.slice(-16)),
  ),
  fault(
    'token.middle-ignored',
    altered,
    'Of a token the first and the last 12 characters are compared.',
    compares((value) => value.slice(0, 12) + value.slice(-12)),
  ),
  fault(
    'token.re-cased-accepted',
    altered,
    'Tokens are compared without letter case.',
    compares((value) => value.toLowerCase()),
  ),
  fault(
    'token.re-cased-accepted-as-text-plain',
    altered,
    'Under text/plain tokens are compared without letter case.',
    compares((value) => value.toLowerCase(), asksFor('text/plain')),
  ),
  fault(
    'token.sorted-compared',
    altered,
    'Tokens are compared without regard to the order of their characters.',
    compares((value) => [...value].sort().join('')),
  ),
  fault(
    'token.cut-accepted',
    altered,
    'The beginning of a token, from 8 characters on, is accepted.',
    alsoAccepts((line, call) => {
      const given = bearerCredentials(line);
      return given.length >= 8 ? validToken(call, (value) => value.startsWith(given)) : undefined;
    }),
  ),
  fault(
    'token.extended-accepted',
    altered,
    'A token with more behind it is accepted.',
    alsoAccepts((line, call) => validToken(call, (value) => bearerCredentials(line).startsWith(value))),
  ),
  fault(
    'token.contained-accepted',
    altered,
    'A token with more before or behind it is accepted.',
    alsoAccepts((line, call) => validToken(call, (value) => line.includes(value) && /^Bearer /i.test(line))),
  ),
  fault(
    'token.in-query-accepted',
    ['token.in-query', 'token.no-effect'],
    'A token in the query is accepted.',
    inQuery('access_token', 'token', 'accessToken'),
  ),
  fault(
    'token.in-query-as-jwt',
    ['token.in-query', 'token.no-effect'],
    'A token in the query parameter jwt is accepted.',
    inQuery('jwt'),
  ),
  fault(
    'token.in-access-token-query-accepted',
    ['token.in-query', 'token.no-effect'],
    'A token in the query parameter access_token is accepted.',
    inQuery('access_token'),
  ),
  fault(
    'token.in-x-access-token-accepted',
    'token.missing',
    'A token in the header X-Access-Token is accepted.',
    inHeader('x-access-token'),
  ),
  fault(
    'token.in-x-api-key-accepted',
    'token.missing',
    'A token in the header X-Api-Key is accepted.',
    inHeader('x-api-key'),
  ),
  fault(
    'token.in-proxy-authorization-accepted',
    'token.missing',
    'A token in the header Proxy-Authorization is accepted.',
    inHeader('proxy-authorization'),
  ),
  fault('token.in-cookie-accepted', 'token.missing', 'A token in a cookie is accepted.', inHeader('cookie')),
  fault(
    'token.in-form-accepted',
    'token.missing',
    'A token in a form is accepted.',
    inCancel('authenticate', async (call, _lines, ordinary) => {
      const token = await ordinary();
      if (token || !call.request.hasBody) return token;
      const form = new URLSearchParams((await call.request.body()).toString());
      return validToken(call, (issued) => issued === form.get('access_token'));
    }),
  ),
  fault(
    'token.in-query-beside-another',
    altered,
    'A token in the query is accepted where the Authorization header holds one that is not valid.',
    inQueryWhere(not(withoutAuthorization), 'access_token'),
  ),
  fault(
    'token.in-cookie-beside-another',
    altered,
    'A token in a cookie is accepted where the Authorization header holds one that is not valid.',
    inHeader('cookie', withToken),
  ),
  fault(
    'token.more-words-ignored',
    malformed,
    'Of what stands behind the scheme the first word is the token.',
    alsoAccepts((line, call) => {
      const [first] = bearerCredentials(line).split(' ');
      return validToken(call, (issued) => issued === first);
    }),
  ),
  fault(
    'token.credentials-accepted',
    invalid,
    "The client's credentials in base64 are as good as a token.",
    alsoAccepts((line) => looksLikeCredentials(bearerCredentials(line))),
  ),
  fault(
    'token.missing-accepted-with-json',
    missing,
    'With a JSON body no Authorization header is as good as a valid one.',
    alsoAccepts(() => true, both(withoutAuthorization, withBodyOf('application/json'))),
  ),
  fault(
    'token.missing-accepted-with-query',
    [...missing, 'token.in-query'],
    'With a query no Authorization header is as good as a valid one.',
    alsoAccepts(() => true, both(withoutAuthorization, withQuery)),
  ),
  fault(
    'token.any-accepted-with-client-id',
    ['token.altered', 'client-id.no-widening', 'token.no-effect'],
    'With an x-client-id any token is accepted.',
    alsoAccepts((line) => bearerCredentials(line) !== '', withClientId),
  ),
  fault(
    'token.guessable-key',
    invalid,
    'A JWT that is signed with the key "secret" is accepted.',
    alsoAccepts((line) => isSignedWith(bearerCredentials(line), 'secret')),
  ),
  fault(
    'token.last-character-optional',
    altered,
    'A token without its last character is accepted.',
    compares((value) => value.slice(0, 42)),
  ),
  fault(
    'token.comma-ends',
    altered,
    'A token ends at a comma.',
    alsoAccepts((line, call) => validToken(call, (value) => value === bearerCredentials(line).split(',')[0])),
  ),
  fault(
    'token.dpop-accepted',
    malformed,
    'The scheme DPoP is as good as Bearer.',
    alsoAccepts((line, call) => validToken(call, (value) => line === `DPoP ${value}`)),
  ),
  fault(
    'token.unsigned-with-signature-accepted',
    invalid,
    'A JWT whose alg is none is accepted where something stands for its signature.',
    alsoAccepts((line) => isUnsigned(bearerCredentials(line)) && !line.endsWith('.')),
  ),
  fault(
    'token.expired-accepted-where-used',
    expired,
    'An expired token is accepted where it has cancelled a session before.',
    alsoAccepts((line, call) => {
      const token = expiredToken(line, call);
      return token !== undefined && cancelledWith(call).has(token.value) ? token : undefined;
    }),
  ),
  fault(
    'token.expired-accepted-where-unused',
    expired,
    'An expired token is accepted where it has initiated no session.',
    alsoAccepts((line, call) => {
      const token = expiredToken(line, call);
      return token?.initiated === false ? token : undefined;
    }),
  ),
  fault(
    'token.expired-accepted-with-body',
    expired,
    'An expired token is accepted with a body.',
    alsoAccepts(expiredToken, withBody),
  ),
  fault(
    'token.expired-accepted-in-upper-case',
    expired,
    'An expired token is accepted with the id in upper case.',
    alsoAccepts(expiredToken, withUpperCaseId),
  ),
  fault(
    'token.missing-accepted-in-upper-case',
    missing,
    'With the id in upper case no Authorization header is as good as a valid one.',
    alsoAccepts(() => true, both(withoutAuthorization, withUpperCaseId)),
  ),
  fault(
    'token.missing-accepted-without-length',
    missing,
    'Without a Content-Length no Authorization header is as good as a valid one.',
    alsoAccepts(() => true, both(withoutAuthorization, withoutLength)),
  ),
  fault(
    'token.after-state-of-ended',
    'token.before-state',
    'A session that is Expired, Completed or Failed is refused with 400 before anybody looks at the token.',
    beforeToken(ofEndedOtherwise, 'Session cannot be Cancelled'),
  ),
  fault(
    'token.closing-time-in-extension',
    'token.before-state',
    'A 401 for a session that is active no more tells when it ended.',
    refusal(
      (problem, { subject }) => ({ ...problem, closedAt: subject?.cancelledAt }),
      both(unauthorized, ofEnded),
    ),
  ),
  fault(
    'token.state-in-detail-without-header',
    'token.before-state',
    'The detail of a 401 for a missing Authorization header tells whether the session is active.',
    refusal(
      (problem, { subject }) => ({ ...problem, detail: `The session is ${subject?.status ?? 'unknown'}` }),
      both(unauthorized, withoutAuthorization),
    ),
  ),
  fault(
    'token.expired-behind-unknown-id',
    'token.expired',
    'Whether there is such a session is looked at before a token is asked whether it has expired.',
    beforeToken(
      both(withExpiredToken, ({ subject }) => subject === undefined),
      'Session cannot be Cancelled',
    ),
  ),
  fault('token.expired-accepted', expired, 'Tokens never expire.', alsoAccepts(expiredToken)),
  fault(
    'token.expired-accepted-for-minutes',
    expired,
    'Tokens are accepted for five minutes after they have expired.',
    alsoAccepts((line, call) => {
      const token = expiredToken(line, call);
      return token && token.expiresAt > Date.now() - 300_000 ? token : undefined;
    }),
  ),
  fault(
    'token.expired-accepted-as-text-json',
    expired,
    'Under text/json tokens never expire.',
    alsoAccepts(expiredToken, asksFor('text/json')),
  ),
  fault(
    'token.expired-403',
    ['token.expired', 'answer.status'],
    'An expired token is answered 403.',
    status(403, both(unauthorized, withExpiredToken)),
  ),
  fault(
    'token.expired-400',
    'token.expired',
    'An expired token is answered 400.',
    status(400, both(unauthorized, withExpiredToken)),
  ),
  fault(
    'token.expired-500',
    ['token.expired', 'answer.status'],
    'An expired token is answered 500.',
    status(500, both(unauthorized, withExpiredToken)),
  ),
  fault(
    'token.after-state',
    ['token.before-state', 'token.missing', 'token.malformed', 'token.invalid', 'token.altered'],
    'A session that is no longer active is refused with 400 before anybody looks at the token.',
    beforeToken(ofEnded, 'Session cannot be Cancelled'),
  ),
  fault(
    'token.after-state-with-some-token',
    ['token.before-state', 'token.invalid', 'token.altered'],
    'A session that is no longer active is refused with 400 before anybody looks whether the token is a valid one.',
    beforeToken(both(ofEnded, withToken), 'Session cannot be Cancelled'),
  ),
  fault(
    'token.after-state-without-any',
    ['token.before-state', 'token.missing'],
    'Without an Authorization header a session that is no longer active is refused with 400.',
    beforeToken(both(ofEnded, withoutAuthorization), 'Session cannot be Cancelled'),
  ),
  fault(
    'token.after-search',
    ['token.before-state', 'token.missing'],
    'A well-formed id of no session is refused with 400 before anybody looks at the token.',
    beforeToken(
      async (call) => call.subject === undefined && (await call.steps.readId(call, call.rawId)) !== undefined,
      'Session not found',
    ),
  ),
  fault(
    'token.state-in-detail',
    'token.before-state',
    'The detail of a 401 tells whether the session is active.',
    refusal(
      (body, { subject }) => ({
        ...body,
        detail: `Valid access token required (session is ${subject?.status ?? 'unknown'})`,
      }),
      unauthorized,
    ),
  ),
  fault(
    'token.state-in-extension',
    'token.before-state',
    'A 401 has the status of the session in an extension member.',
    refusal((body, { subject }) => ({ ...body, sessionStatus: subject?.status ?? null }), unauthorized),
  ),
  fault(
    'token.state-in-header',
    'token.before-state',
    'A 401 has the status of the session in a header.',
    answer(
      (one, { subject }) => ({
        ...one,
        headers: { ...one.headers, 'X-Session-Status': subject?.status ?? 'none' },
      }),
      unauthorized,
    ),
  ),
  fault(
    'token.refused-403',
    ['token.missing', 'token.malformed', 'token.invalid', 'token.altered', 'answer.status'],
    'Whatever is no valid token is answered 403.',
    status(403, unauthorized),
  ),
  fault(
    'token.invalid-403',
    ['token.invalid', 'token.altered', 'answer.status'],
    'A token that is not valid is answered 403, a missing one 401.',
    status(403, both(unauthorized, withToken)),
  ),
  fault(
    'token.missing-403',
    ['token.missing', 'answer.status'],
    'A missing Authorization header is answered 403.',
    status(403, both(unauthorized, withoutAuthorization)),
  ),
  fault(
    'token.missing-400',
    'token.missing',
    'A missing Authorization header is answered 400.',
    status(400, both(unauthorized, withoutAuthorization)),
  ),
  fault(
    'token.other-scheme-400',
    'token.malformed',
    'Another scheme is answered 400.',
    status(400, both(unauthorized, withOtherScheme)),
  ),
  fault(
    'token.other-scheme-500',
    ['token.malformed', 'answer.status'],
    'Another scheme is answered 500.',
    status(500, both(unauthorized, withOtherScheme)),
  ),
  fault(
    'token.missing-302',
    ['token.missing', 'answer.status'],
    'A missing Authorization header is answered with a redirect to a login.',
    instantly(withoutAuthorization, () => empty(302, { Location: '/login' })),
  ),
  fault(
    'token.missing-403-as-text-plain',
    ['token.missing', 'answer.status'],
    'Under text/plain a missing Authorization header is answered 403.',
    status(403, both(unauthorized, withoutAuthorization, asksFor('text/plain'))),
  ),
  fault(
    'token.missing-407',
    ['token.missing', 'answer.status'],
    'A missing Authorization header is answered 407.',
    status(407, both(unauthorized, withoutAuthorization)),
  ),
  fault(
    'token.refusal-without-body',
    'answer.media-type',
    'A 401 has no body, as of a middleware in front of the operation.',
    answer(
      (one) => ({
        ...one,
        headers: without(one.headers, 'Content-Type'),
        body: Buffer.alloc(0),
      }),
      unauthorized,
    ),
  ),
  fault(
    'token.refusal-remembered',
    'cancel.success',
    'Once a cancel of a session was answered 401, all further ones are, whatever their token.',
    remembersRefusal(1),
  ),
  fault(
    'token.locked-after-three',
    'cancel.success',
    'After three cancels of a session were answered 401, all further ones are, whatever their token.',
    remembersRefusal(3),
  ),
  fault(
    'token.refused-and-cancelled',
    'token.no-effect',
    'A 401 has cancelled the session all the same.',
    cancelsUnauthorized(),
  ),
  fault(
    'token.missing-refused-and-cancelled',
    'token.no-effect',
    'A 401 for a missing Authorization header has cancelled the session all the same.',
    cancelsUnauthorized(withoutAuthorization),
  ),
  fault(
    'token.invalid-refused-and-cancelled',
    'token.no-effect',
    'A 401 for a token that is not valid has cancelled the session all the same.',
    cancelsUnauthorized(both(withToken, not(withExpiredToken))),
  ),
  fault(
    'token.expired-refused-and-cancelled',
    ['token.expired', 'token.no-effect'],
    'A 401 for an expired token has cancelled the session all the same.',
    cancelsUnauthorized(withExpiredToken),
  ),
  fault(
    'token.refused-and-cancelled-as-text-json',
    'token.no-effect',
    'A 401 in text/json has cancelled the session all the same.',
    cancelsUnauthorized(asksFor('text/json')),
  ),
  fault(
    'token.refused-and-cancelled-at-random',
    'token.no-effect',
    'One 401 in ten, at random, has cancelled the session all the same.',
    cancelsUnauthorized(oneIn(10)),
  ),
  fault(
    'token.revoked-by-cancel',
    'cancel.twice',
    'A further cancel of a cancelled session is answered 401, as if the token had gone with it.',
    inCancel('authenticate', async (call, _lines, ordinary) => {
      const token = await ordinary();
      return call.subject?.status === 'Cancelled' && token?.account === call.subject.account
        ? undefined
        : token;
    }),
  ),
  fault(
    'token.scheme-lower-case-refused',
    'token.scheme-case',
    'The scheme bearer in lower case is refused.',
    inCancel('authenticate', (_call, lines, ordinary) =>
      lines[0]?.startsWith('bearer') ? undefined : ordinary(),
    ),
  ),
  fault(
    'token.scheme-upper-case-refused',
    'token.scheme-case',
    'The scheme BEARER in upper case is refused.',
    inCancel('authenticate', (_call, lines, ordinary) =>
      lines[0]?.startsWith('BEARER') ? undefined : ordinary(),
    ),
  ),
  fault(
    'token.scheme-must-be-exact',
    'token.scheme-case',
    'The scheme is Bearer in exactly these letters.',
    inCancel('authenticate', (_call, lines, ordinary) =>
      lines[0]?.startsWith('Bearer') ? ordinary() : undefined,
    ),
  ),
  fault(
    'token.no-challenge',
    'token.challenge',
    'A 401 has no WWW-Authenticate header.',
    withoutChallenge(unauthorized),
  ),
  fault(
    'token.no-challenge-for-missing',
    'token.challenge',
    'A 401 for a missing Authorization header has no WWW-Authenticate header.',
    withoutChallenge(both(unauthorized, withoutAuthorization)),
  ),
  fault(
    'token.challenge-empty',
    'token.challenge',
    'The WWW-Authenticate header of a 401 is empty.',
    answer((one) => ({ ...one, headers: { ...one.headers, 'WWW-Authenticate': '' } }), unauthorized),
  ),
  fault(
    'token.no-challenge-as-text-plain',
    'token.challenge',
    'A 401 in text/plain has no WWW-Authenticate header.',
    withoutChallenge(both(unauthorized, asksFor('text/plain'))),
  ),
  fault(
    'token.scheme-twice-accepted',
    malformed,
    'A valid token is accepted behind Bearer Bearer.',
    alsoAccepts((line, call) =>
      validToken(call, (value) => value === /^Bearer Bearer (.*)$/.exec(line)?.[1]),
    ),
  ),
  fault(
    'token.behind-another-scheme-accepted',
    malformed,
    'A valid token is accepted wherever in the header Bearer stands before it.',
    alsoAccepts((line, call) =>
      validToken(call, (value) => value === /(?:^|[ ,])Bearer (\S+)$/i.exec(line)?.[1]),
    ),
  ),
  fault(
    'token.any-accepted-behind-lower-case-scheme',
    invalid,
    'Behind a scheme in lower case the token is not looked at.',
    alsoAccepts((line) => line.startsWith('bearer ')),
  ),
  fault(
    'token.pattern-accepted',
    'token.odd-header',
    'Tokens are looked for with LIKE, so that % is one.',
    alsoAccepts((line) => bearerCredentials(line) === '%'),
  ),
  fault(
    'token.apostrophe-500',
    ['token.odd-header', 'answer.status'],
    'A token with an apostrophe is answered 500.',
    crashes((call) => call.request.authorization.some((line) => line.includes("'"))),
  ),
  fault('token.sliding-accepted', expired, 'A token lives on from its last use.', livesOn()),
  fault(
    'token.repetition-before-token',
    ['token.altered', 'token.before-state', 'token.missing'],
    'A cancel with an Idempotency-Key is repeated for whoever sends the key again, with or without a token.',
    repeatsForAnybody(),
  ),
  fault(
    'token.missing-accepted-where-nothing-is-acceptable',
    missing,
    'Where Accept allows nothing that is declared, no token is asked for.',
    alsoAccepts(
      () => true,
      both(withoutAuthorization, (call) => acceptable(call.request.accept) === undefined),
    ),
  ),
  fault(
    'token.unknown-key-500',
    ['token.invalid', 'answer.status'],
    'A JWT that names a key is answered 500 where there is no such key.',
    crashes((call) => /"kid"/.test(headOf(bearerCredentials(call.request.authorization[0] ?? '')))),
  ),
  fault(
    'token.signed-with-nothing-accepted',
    invalid,
    'A JWT that is signed with an empty key is accepted.',
    alsoAccepts((line) => isSignedWith(bearerCredentials(line), '')),
  ),
  fault(
    'token.basic-user-accepted',
    malformed,
    'A valid token is accepted as the user name of Basic credentials.',
    alsoAccepts((line, call) => {
      const [user] = Buffer.from(credentials(line), 'base64').toString().split(':');
      return /^Basic /i.test(line) ? validToken(call, (value) => value === user) : undefined;
    }),
  ),
  fault(
    'token.session-id-accepted',
    ['token.invalid', 'token.no-effect'],
    "The session's id is accepted as a token.",
    alsoAccepts((line, call) => bearerCredentials(line) === call.rawId),
  ),
  fault(
    'token.in-query-behind-bearer-accepted',
    ['token.missing', 'token.no-effect'],
    'Where there is no Authorization header, the query parameter authorization stands for it.',
    alsoAccepts((_line, call) => {
      const given = bearerCredentials(call.request.query.get('authorization') ?? '');
      return validToken(call, (value) => value === given);
    }, withoutAuthorization),
  ),
  fault(
    'token.refused-and-cancelled-of-the-other',
    ['token.no-effect'],
    'A session of the second client is cancelled by what is answered 401.',
    cancelsUnauthorized(ofTheOther),
  ),
  fault(
    'token.after-state-of-the-other',
    'token.before-state',
    'A session of the second client that is active no more is refused with 400 before anybody looks at the token.',
    beforeToken(both(ofEnded, ofTheOther), 'Session cannot be Cancelled'),
  ),
  fault(
    'token.after-state-with-query',
    'token.before-state',
    'With a query a session that is active no more is refused with 400 before anybody looks at the token.',
    beforeToken(both(ofEnded, withQuery), 'Session cannot be Cancelled'),
  ),
  fault(
    'token.last-character-ignored',
    ['token.altered', 'token.no-effect', 'token.before-state'],
    'A token with one character more is accepted.',
    acceptsLike((given, value) => given.length === value.length + 1 && given.startsWith(value)),
  ),
  fault(
    'token.almost-its-letter-case',
    ['token.altered', 'token.no-effect', 'token.before-state'],
    'A token is accepted with one letter of it in the other case.',
    acceptsLike((given, value) => {
      const others = [...value].filter((character, i) => character !== given[i]).length;
      return others === 1 && value.toLowerCase() === given.toLowerCase();
    }),
  ),
  fault(
    'token.in-forwarded-access-token',
    ['token.missing', 'token.no-effect'],
    'Without an Authorization header the token is taken from X-Forwarded-Access-Token.',
    inHeader('x-forwarded-access-token'),
  ),
  fault(
    'token.in-websocket-protocol',
    ['token.missing', 'token.no-effect'],
    'Without an Authorization header the token is taken from Sec-WebSocket-Protocol.',
    inHeader('sec-websocket-protocol'),
  ),
  fault(
    'token.malformed-id-500',
    ['id.malformed', 'answer.status'],
    'A malformed id with a token that is not valid is answered 500.',
    crashes(both(not(withValidToken), withToken, (call) => !/^[0-9a-f-]{36}$/i.test(call.rawId))),
  ),
];
