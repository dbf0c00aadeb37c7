/** The problems (RFC 9457) that the mock answers with: those of the endpoint's page, and those around it. */

import { STATUS_CODES } from 'node:http';

export interface Problem {
  readonly type?: unknown;
  readonly title?: unknown;
  readonly status?: unknown;
  readonly detail?: unknown;
  readonly instance?: unknown;
  readonly [extension: string]: unknown;
}

const titles: Readonly<Record<number, readonly [title: string, type: string]>> = {
  400: ['Bad Request', 'https://tools.ietf.org/html/rfc7231#section-6.5.1'],
  401: ['Unauthorized', 'https://tools.ietf.org/html/rfc7235#section-3.1'],
  404: ['Not Found', 'https://tools.ietf.org/html/rfc7231#section-6.5.4'],
  405: ['Method Not Allowed', 'https://tools.ietf.org/html/rfc7231#section-6.5.5'],
  413: ['Payload Too Large', 'https://tools.ietf.org/html/rfc7231#section-6.5.11'],
  500: ['Internal Server Error', 'https://tools.ietf.org/html/rfc7231#section-6.6.1'],
};

/** @example problem(400, 'Session cannot be Cancelled') // { type: 'https://…', title: 'Bad Request', status: 400, detail: … } */
export function problem(status: number, detail: string): Problem {
  const [title, type] = titles[status] ?? [STATUS_CODES[status] ?? 'Error', 'about:blank'];
  return { type, title, status, detail };
}
