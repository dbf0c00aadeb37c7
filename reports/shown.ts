/** Exchanges as they may be shown: every secret masked, and no more of a body than helps. */

import type { Exchange, Header } from '../fixtures/exchange.js';
import { MASK, type Secrets } from '../fixtures/secrets.js';
import type { ShownExchange } from './verdict.js';

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
    durationMs: Math.round(exchange.durationMs * 1000) / 1000,
  };
}
