/** Imitates how an answer is sent: headers, media types as they are written, charsets, content codings, framing. */

import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { type Answer, type Call, type Change, type Headers, instead, when } from '../behaviour.js';
import { without } from '../json.js';
import { mediaTypes } from '../negotiation.js';
import { answer, toCancel } from '../variants/define.js';
import { escapedBeyondAscii } from './bodies.js';
import type { Observed } from './observed.js';
import { type Writer, writerOf } from './writing.js';

/** In the order in which an answer goes through them; what sends it lies innermost. */
export function delivery(observed: Observed): readonly Change[] {
  return [
    ...framing(observed),
    ...headers(observed),
    ...contentTypes(observed),
    ...codings(observed),
    ...letterCase(observed),
  ];
}

// ── Headers ──────────────────────────────────────────────────────────────────────────────────────

/** RFC 9110 section 5.6.2. */
const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** What the server itself decides. */
const OF_SERVER =
  /^(?:connection|keep-alive|transfer-encoding|content-length|content-type|content-encoding|trailer)$/;

interface Named {
  readonly name: string;
  readonly atTimes: boolean;
  readonly write: Writer;
}

function headers(observed: Observed): readonly Change[] {
  const byStatus = new Map(
    [200, 400, 401].flatMap((status): [number, readonly Named[]][] => {
      const named = headersOf(observed, status);
      return named === null ? [] : [[status, named]];
    }),
  );
  const added = answer((one, call) => {
    const named = byStatus.get(one.status);
    return named === undefined
      ? one
      : { ...one, headers: { ...own(one.headers, named), ...written(named, call) } };
  }, toCancel);
  return [added, withoutDate(byStatus)];
}

/** A challenge that was not observed is not given. */
function own(all: Headers, named: readonly Named[]): Headers {
  return named.some(({ name }) => name === 'www-authenticate') ? all : without(all, 'WWW-Authenticate');
}

function headersOf(observed: Observed, status: number): readonly Named[] | null {
  const id = `headers.${status}`;
  const value = observed.value(id);
  const parts = observed.parts(id);
  if (value === undefined) return null;
  return value
    .split(', ')
    .filter((part) => part !== 'none')
    .flatMap((part) => {
      const [, name = '', times] = /^(\S+)( \(at times\))?$/.exec(part) ?? [];
      if (name === 'date') return [{ name, atTimes: false, write: () => '' }];
      const write = writerOf(parts.get(name) ?? '');
      if (!NAME.test(name) || OF_SERVER.test(name) || write === null) {
        observed.cannot(`${id}/${name}`, 'it cannot be sent');
        return [];
      }
      return [{ name, atTimes: times !== undefined, write }];
    });
}

function written(named: readonly Named[], call: Call): Headers {
  const told = named
    .filter(({ name, atTimes }) => name !== 'date' && (!atTimes || call.number % 2 === 0))
    .map(({ name, write }): [string, string | readonly string[]] => [titled(name), fieldValue(write(call))]);
  return Object.fromEntries(told);
}

const titled = (name: string): string =>
  name === 'www-authenticate'
    ? 'WWW-Authenticate'
    : name.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase());

function fieldValue(value: unknown): string | readonly string[] {
  const sendable = (one: unknown) => (VALUE.test(String(one)) ? String(one) : 'x'.repeat(String(one).length));
  return Array.isArray(value) ? value.map(sendable) : sendable(value);
}

function withoutDate(byStatus: ReadonlyMap<number, readonly Named[]>): Change {
  return instead(
    'send',
    when(toCancel, (call, one, ordinary) => {
      const named = byStatus.get(one.status);
      if (named !== undefined) call.response.sendDate = named.some(({ name }) => name === 'date');
      return ordinary();
    }),
  );
}

// ── Media types and charsets ─────────────────────────────────────────────────────────────────────

function contentTypes(observed: Observed): readonly Change[] {
  const written = new Map<string, string>();
  for (const type of mediaTypes) {
    const id = `content-type.${type.replace('/', '-')}`;
    const value = observed.value(id);
    if (value === undefined) continue;
    if (
      value.toLowerCase().startsWith(type) &&
      !value.includes('; {') &&
      VALUE.test(value) &&
      encoded(value, '') !== null
    )
      written.set(type, value);
    else observed.cannot(id, 'it cannot be written so');
  }
  return [
    answer((one) => {
      const type = one.headers['Content-Type'];
      const value = typeof type === 'string' ? written.get(type.replace(/;.*/, '')) : undefined;
      if (value === undefined || one.body.length === 0) return one;
      const body = encoded(value, one.body.toString()) ?? one.body;
      return { ...one, headers: { ...one.headers, 'Content-Type': value }, body };
    }, toCancel),
  ];
}

/** In the charset that a text/* type names; null where the mock cannot write it. */
function encoded(contentType: string, json: string): Buffer | null {
  const charset = /^text\/.*;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';
  if (charset === 'utf-8') return Buffer.from(json);
  if (charset === 'utf-16le') return Buffer.from(json, 'utf16le');
  if (charset === 'utf-16be') return Buffer.from(json, 'utf16le').swap16();
  // Where it goes without, nothing beyond ASCII is written, in which these agree.
  return /^(?:us-ascii|iso-8859-\d+|windows-125\d)$/.test(charset)
    ? Buffer.from(escapedBeyondAscii(json))
    : null;
}

// ── Content codings ──────────────────────────────────────────────────────────────────────────────

const COMPRESSIONS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => gzipSync(bytes),
  deflate: (bytes) => deflateSync(bytes),
  br: (bytes) => brotliCompressSync(bytes),
  identity: (bytes) => bytes,
};

function codings(observed: Observed): readonly Change[] {
  const id = 'content-coding';
  const value = observed.value(id) ?? 'none';
  if (value === 'none') return [];
  const names = value.split(', ');
  if (names.some((name) => COMPRESSIONS[name] === undefined)) {
    observed.cannot(id, 'when it does which is not known');
    return [];
  }
  return [
    answer((one, call): Answer => {
      const offered = (call.request.header('accept-encoding')[0] ?? '').split(',').map((part) => part.trim());
      const applied = names.filter((name) => name === 'identity' || offered.includes(name));
      if (applied.length < names.length || one.body.length === 0) return one;
      const body = names.reduce((bytes, name) => COMPRESSIONS[name]?.(bytes) ?? bytes, one.body);
      return { ...one, headers: { ...one.headers, 'Content-Encoding': value }, body };
    }, toCancel),
  ];
}

// ── How it is sent ───────────────────────────────────────────────────────────────────────────────

function letterCase(observed: Observed): readonly Change[] {
  const wanted = observed.oneOf('headers.letter-case', 'Content-Type', 'content-type', 'CONTENT-TYPE');
  if (wanted === undefined || wanted === 'Content-Type') return [];
  const rename = (name: string) => (wanted === 'content-type' ? name.toLowerCase() : name.toUpperCase());
  return [
    answer((one) => ({
      ...one,
      headers: Object.fromEntries(Object.entries(one.headers).map(([name, value]) => [rename(name), value])),
    })),
  ];
}

function framing(observed: Observed): readonly Change[] {
  if (observed.oneOf('framing', 'Content-Length', 'chunks') !== 'chunks') return [];
  return [
    instead('send', async (call, one, ordinary): Promise<undefined> => {
      if (one.body.length === 0 || call.request.method === 'HEAD') return ordinary();
      call.response.statusCode = one.status;
      for (const [name, value] of Object.entries(one.headers)) call.response.setHeader(name, value);
      call.response.write(one.body);
      call.response.end();
    }),
  ];
}
