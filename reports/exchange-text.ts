/** A shown exchange as plain text, the way it looks on the wire. */

import type { Header } from '../fixtures/exchange.js';
import type { ShownExchange } from './verdict.js';

const headerLines = (headers: readonly Header[]) => headers.map(([name, value]) => `${name}: ${value}`);

export function requestText({ request }: ShownExchange): string {
  const { method, url, headers, body } = request;
  return [`${method} ${url}`, ...headerLines(headers), '', body ?? ''].join('\n');
}

/** Why there was no answer, where there was none. */
export function responseText({ response, failure }: ShownExchange): string {
  if (response === null) return failure ?? 'no answer';
  return [`HTTP ${response.status}`, ...headerLines(response.headers), '', response.body].join('\n');
}

export function exchangeText(exchange: ShownExchange): string {
  return `${requestText(exchange)}\n\n${responseText(exchange)}`;
}
