/** Exchanges as they may be shown: every secret masked, and no more of a body than helps. */

import type { Circumstances, Exchange, Header, Operation } from '../fixtures/exchange.js';
import { MASK, type Secrets } from '../fixtures/secrets.js';
import type { ShownExchange, TrailStep } from './verdict.js';

const LONGEST_BODY = 4000;
const LONGEST_VALUE = 1000;
const MOST_HEADERS = 60;

function bodyText(body: Uint8Array, mask: (text: string) => string): string {
  const text = mask(Buffer.from(body).toString('utf8'));
  return text.length <= LONGEST_BODY ? text : `${text.slice(0, LONGEST_BODY)}… (${body.length} bytes)`;
}

function shownHeaders(headers: readonly Header[], mask: (text: string) => string): Header[] {
  return headers.slice(0, MOST_HEADERS).map(([name, value]) => {
    if (name.toLowerCase() === 'authorization') return [name, `${schemeOf(value)}${MASK}`];
    return [mask(name), mask(value).slice(0, LONGEST_VALUE)];
  });
}

/** Of an Authorization value only a well-known scheme is no secret. */
function schemeOf(value: string): string {
  return /^(?:bearer|basic) /i.exec(value)?.[0] ?? '';
}

export function shownExchange(exchange: Exchange, origin: string, secrets: Secrets): ShownExchange {
  const mask = (text: string) => secrets.mask(text);
  const { request, response, failure } = exchange;
  return {
    request: {
      method: request.method,
      url: origin + mask(request.path),
      headers: shownHeaders(request.headers, mask),
      body: request.body === null ? null : mask(request.body),
    },
    response:
      response === null
        ? null
        : {
            status: response.status,
            headers: shownHeaders(response.headers, mask),
            body: bodyText(response.body, mask),
          },
    failure: failure?.message ?? null,
    startedAt: new Date(exchange.startedAt).toISOString(),
    durationMs: roundedMs(exchange.durationMs),
  };
}

/** A shown exchange of a record, which tells its place in the run. */
export interface RecordedExchange extends ShownExchange {
  /** Counts from 1 in the order of sending. */
  readonly number: number;
  readonly operation: Operation;
}

export function recordedExchange(exchange: Exchange, origin: string, secrets: Secrets): RecordedExchange {
  const { number, operation } = exchange;
  return { number, operation, ...shownExchange(exchange, origin, secrets) };
}

/** An exchange in a few words. */
export function trailStep(exchange: Exchange, shows: boolean, secrets: Secrets): TrailStep {
  const { number, operation, request, response, failure } = exchange;
  return {
    number,
    operation,
    method: request.method,
    path: secrets.mask(request.path),
    status: response?.status ?? null,
    failure: failure?.message ?? null,
    startedAt: new Date(exchange.startedAt).toISOString(),
    durationMs: roundedMs(exchange.durationMs),
    asked: secrets.mask(askedInWords(exchange)),
    shows,
  };
}

/** As most requests are made, so that it tells nothing. */
const USUAL: Circumstances = { Accept: '*/*', token: 'valid', id: 'as initiated' };

/** What belongs to the request itself, and not to its session. */
const OF_THE_REQUEST = ['method', 'id', 'token', 'Accept', 'x-client-id', 'header', 'query', 'body'];

function askedInWords({ circumstances }: Exchange): string {
  return OF_THE_REQUEST.filter(
    (name) => circumstances[name] !== undefined && circumstances[name] !== USUAL[name],
  )
    .map((name) => `${name}: ${circumstances[name]}`)
    .join('; ');
}

function roundedMs(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
