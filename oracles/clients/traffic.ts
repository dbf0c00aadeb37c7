/** A client's calls as its oracles see them: read once, in the order of their arrival. */

import { type Call, type IssuedToken, isReceived } from '../../fixtures/call.js';
import { headerValues, jsonOf } from '../../fixtures/exchange.js';
import type { Contract } from '../../spec/contract.js';
import { isObject } from '../../spec/json-pointer.js';

/** A session that was initiated through the proxy. */
export interface InitiatedSession {
  /** In lower case. */
  readonly id: string;
  /** As Initiate answered it; null where it answered none. */
  readonly referenceId: string | null;
  readonly referenceIdGiven: boolean;
  readonly initiate: Call;
}

export interface ClientTraffic {
  readonly contract: Contract;
  readonly calls: readonly Call[];
  readonly cancels: readonly Call[];
  /** Cancels by the id that they name, in lower case; those that name none are left out. */
  readonly cancelsBySession: ReadonlyMap<string, readonly Call[]>;
  /** Calls that carry one Bearer token, by the token. */
  readonly callsByToken: ReadonlyMap<string, readonly Call[]>;
  readonly tokens: ReadonlyMap<string, IssuedToken>;
  readonly sessions: ReadonlyMap<string, InitiatedSession>;
  /** The token that was given by hand, which is used as it is. */
  readonly givenToken: string | null;
  /** What must stand in no URL. */
  readonly secrets: ReadonlySet<string>;
}

export interface Known {
  readonly contract: Contract;
  readonly givenToken: string | null;
  /** Tokens issued in earlier runs of the same command. */
  readonly earlierTokens: ReadonlyMap<string, IssuedToken>;
  /** Passwords and the like that the environment holds. */
  readonly secrets: readonly string[];
}

export function readTraffic(calls: readonly Call[], known: Known): ClientTraffic {
  const { contract, givenToken, earlierTokens } = known;
  const tokens = new Map([...earlierTokens, ...issuedTokens(calls)]);
  const cancels = calls.filter(({ operation }) => operation === 'cancel');
  const sent = calls.flatMap(({ request }) => credentialsIn(headerValues(request.headers, 'authorization')));
  return {
    contract,
    calls,
    cancels,
    cancelsBySession: groupedBy(cancels, ({ sentId }) => sentId?.toLowerCase() ?? null),
    callsByToken: groupedBy(calls, bearerOf),
    tokens,
    sessions: initiatedSessions(calls),
    givenToken,
    secrets: new Set([
      ...known.secrets,
      ...tokens.keys(),
      ...sent,
      ...(givenToken === null ? [] : [givenToken]),
    ]),
  };
}

function groupedBy(
  calls: readonly Call[],
  keyOf: (call: Call) => string | null,
): ReadonlyMap<string, readonly Call[]> {
  const groups = new Map<string, Call[]>();
  for (const call of calls) {
    const key = keyOf(call);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [call]);
    else group.push(call);
  }
  return groups;
}

/** RFC 6750 section 2.1; the scheme in any letter case (RFC 9110 section 11.1). */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/** The token of a call that carries exactly one Bearer line; Authorize takes none. */
export function bearerOf({ operation, request }: Call): string | null {
  const [line, ...more] = headerValues(request.headers, 'authorization');
  if (operation === 'authorize' || line === undefined || more.length > 0) return null;
  return BEARER.exec(line)?.[1] ?? null;
}

/** The tokens and passwords in Authorization lines, whatever is wrong with them. */
export function credentialsIn(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const [scheme = '', ...rest] = line.split(/\s+/);
    const values = rest.length === 0 ? [scheme] : rest;
    return scheme.toLowerCase() === 'basic' ? values.flatMap((value) => [value, passwordIn(value)]) : values;
  });
}

function passwordIn(basic: string): string {
  const [, ...password] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return password.join(':');
}

function issuedTokens(calls: readonly Call[]): Map<string, IssuedToken> {
  const tokens = new Map<string, IssuedToken>();
  for (const call of calls) {
    if (call.operation !== 'authorize' || !isSuccess(call)) continue;
    const answer = jsonOf(call.response?.body ?? new Uint8Array());
    const value = isObject(answer) ? answer['access_token'] : undefined;
    if (!isObject(answer) || typeof value !== 'string' || value === '') continue;
    const told = answer['expires_in'];
    const seconds = typeof told === 'string' && /^\d+$/.test(told) ? Number(told) : told;
    const isKnown = typeof seconds === 'number' && seconds >= 0 && isReceived(call);
    const expiresAt = isKnown ? call.endedAt + seconds * 1000 : Number.POSITIVE_INFINITY;
    // Where one is handed out twice the later word on it counts.
    tokens.set(value, { value, expiresAt });
  }
  return tokens;
}

function initiatedSessions(calls: readonly Call[]): ReadonlyMap<string, InitiatedSession> {
  const sessions = new Map<string, InitiatedSession>();
  for (const call of calls) {
    if (call.operation !== 'initiate' || !isSuccess(call) || !isReceived(call)) continue;
    const answer = jsonOf(call.response.body);
    const id = isObject(answer) ? answer['sessionId'] : undefined;
    if (!isObject(answer) || typeof id !== 'string') continue;
    const { referenceId } = answer;
    const asked = bodyOf(call);
    sessions.set(id.toLowerCase(), {
      id: id.toLowerCase(),
      referenceId: typeof referenceId === 'string' ? referenceId : null,
      referenceIdGiven: typeof asked['referenceId'] === 'string' && asked['referenceId'] !== '',
      initiate: call,
    });
  }
  return sessions;
}

/** The JSON that a request carries; nothing where it carries none. */
export function bodyOf({ request }: Call): Readonly<Record<string, unknown>> {
  const body = jsonOf(Buffer.from(request.body ?? ''));
  return isObject(body) ? body : {};
}

export function isSuccess({ response }: Call): boolean {
  return response !== null && response.status >= 200 && response.status < 300;
}
