/** What a request may be answered beyond what the contract declares, because of how it was made. */

import { type Exchange, headerValues, type Request } from '../fixtures/exchange.js';

export interface Allowances {
  /** Refused before the operation sees it: any 4xx with any body is right. */
  readonly anyClientError: boolean;
  /** A redirect that normalises the path is right. */
  readonly redirect: boolean;
  /** Single statuses that are right with any body. */
  readonly statuses: readonly number[];
}

/** Ids of these characters reach the operation everywhere. */
const PLAIN_ID = /^[A-Za-z0-9_~-]{1,200}$/;
/** Of the header section and the target before it: some servers take 8 KB of both, and others of one line. */
const LONG_HEAD = 8000;
/** Services, and firewalls before them, take less than the 8,000 octets that RFC 9110 section 4.1 recommends. */
const LONG_TARGET = 2000;

/** More than one line, white space that some parsers take, a character that firewalls refuse. */
function oddAuthorization(values: readonly string[]): boolean {
  return values.length > 1 || values.some((value) => /^\S+(?: {2,}| *\t)|'/.test(value));
}

export const isPlainId = (id: string): boolean => PLAIN_ID.test(id);

/** Whether a request may be refused for the length of its target or of its headers: with 414 or 431, and by some with another 4xx. */
export const isLong = ({ path, headers }: Request): boolean =>
  path.length > LONG_TARGET ||
  headers.reduce((length, [name, value]) => length + name.length + value.length, path.length) > LONG_HEAD;

/** What a body, its type, and headers that a service need not know may be refused with: conditions (RFC 9110 section 13) too. */
function statusesOfExtras({ body, headers }: Request): number[] {
  const has = (name: string) => headerValues(headers, name).length > 0;
  const conditional = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'].some(has);
  return [
    ...(body !== null || has('content-type') ? [413, 415] : []),
    ...(has('origin') ? [403] : []),
    ...(conditional ? [412] : []),
  ];
}

/**
 * Whether an answer may refuse the body or the query of its request, which nobody asked for: what does so may stand before
 * the operation, and know nothing of the types that it offers.
 */
export const mayRefuseExtras = ({ body, path }: Request, status: number): boolean =>
  status === 400 && (body !== null || path.includes('?'));

export function allowancesOf(
  { request, sentId }: Pick<Exchange, 'request' | 'sentId'>,
  acceptable: boolean,
): Allowances {
  const oddId = sentId === null || !isPlainId(sentId);
  return {
    anyClientError:
      oddId || isLong(request) || oddAuthorization(headerValues(request.headers, 'authorization')),
    redirect: oddId,
    statuses: [...statusesOfExtras(request), ...(acceptable ? [] : [406])],
  };
}

/** Whether an answer is one that only the way of asking explains; its body is not the operation's. */
export function isAllowance({ anyClientError, redirect, statuses }: Allowances, status: number): boolean {
  return (
    statuses.includes(status) ||
    (anyClientError && status >= 400 && status < 500) ||
    (redirect && status >= 300 && status < 400)
  );
}
