/** One exchange in one line, as `--verbose` shows it. */

import picocolors from 'picocolors';
import type { Exchange } from '../fixtures/exchange.js';
import { cut, plain } from './plain-text.js';

const LONGEST_PATH = 200;

/** @example '  12 cancel    POST /api/v2/sessions/…/cancel 400 3.2 ms' */
export function exchangeLine(exchange: Exchange, mask: (text: string) => string, colours: boolean): string {
  const ink = picocolors.createColors(colours);
  const { number, operation, request, response, failure, durationMs } = exchange;
  const outcome =
    response === null
      ? ink.red(plain(mask(failure?.message ?? 'no answer')))
      : (response.status >= 500 ? ink.red : response.status === 429 ? ink.yellow : ink.green)(
          String(response.status),
        );
  const path = cut(plain(mask(request.path)), LONGEST_PATH);
  const parts = [
    ink.dim(String(number).padStart(5)),
    operation.padEnd(9),
    `${request.method} ${path}`,
    outcome,
    ink.dim(`${durationMs.toFixed(1)} ms`),
  ];
  return parts.join(' ');
}
