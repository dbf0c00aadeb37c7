/** `exchanges.har`: exchanges as a browser's tools open them (HAR 1.2). */

import { toUSVString } from 'node:util';
import type { Entry, Har, Header as HarHeader } from 'har-format';
import type { Header } from '../fixtures/exchange.js';
import type { Tool } from '../spec/tool.js';
import type { RecordedExchange } from './shown.js';

export function harOf(exchanges: readonly RecordedExchange[], { name, version }: Tool): Har {
  return { log: { version: '1.2', creator: { name, version }, entries: exchanges.map(entryOf) } };
}

function entryOf(exchange: RecordedExchange): Entry {
  const { request, response, failure, durationMs, operation, number } = exchange;
  const url = asUri(request.url);
  const mimeType = (headers: readonly Header[]) =>
    headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return {
    startedDateTime: exchange.startedAt,
    time: durationMs,
    request: {
      method: request.method,
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: harHeaders(request.headers),
      queryString: [...new URLSearchParams(url.split('?')[1] ?? '')].map(([name, value]) => ({
        name,
        value,
      })),
      ...(request.body === null
        ? {}
        : { postData: { mimeType: mimeType(request.headers), text: request.body } }),
      headersSize: -1,
      bodySize: request.body === null ? 0 : Buffer.byteLength(request.body),
    },
    // A status of 0 is how browsers tell of an answer that never came.
    response: {
      status: response?.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: harHeaders(response?.headers ?? []),
      content: {
        size: Buffer.byteLength(response?.body ?? ''),
        mimeType: mimeType(response?.headers ?? []),
        text: response?.body ?? '',
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      ...(failure === null ? {} : { comment: failure }),
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    comment: `exchange ${number}, ${operation}${url === request.url ? '' : `, sent to ${request.url} as it is`}`,
  };
}

function harHeaders(headers: readonly Header[]): HarHeader[] {
  return headers.map(([name, value]) => ({ name, value }));
}

/** Some checks send what is no URI; HAR knows nothing else. */
function asUri(url: string): string {
  return toUSVString(url)
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
    .replace(/[^\x21-\x7e]|["<>\\^`{|}[\]]/gu, encodeURIComponent)
    .replace(/#/g, '%23');
}
