/** What tells two kinds of answers apart: a header or a member that is the same in all of one kind, and another in the other. */

import { type Exchange, headerValue } from '../../fixtures/exchange.js';
import { isRecord, jsonOf } from '../../fixtures/tokens.js';

/** Headers that the HTTP server sets of its own accord. */
const OF_THE_SERVER = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length', 'age'];

/** Headers and members of an answer by name, with the session's id taken out. */
function partsOf({ response, session }: Exchange): Map<string, string> {
  const parts = new Map<string, string>();
  const enter = (name: string, value: string) =>
    parts.set(name, session === null ? value : value.replaceAll(session.id, '{sessionId}'));
  const headers = response?.headers ?? [];
  for (const [name] of headers) {
    const key = name.toLowerCase();
    if (!OF_THE_SERVER.includes(key)) enter(`the header ${key}`, headerValue(headers, key) ?? '');
  }
  const body = response === null ? undefined : jsonOf(response.body);
  if (isRecord(body))
    for (const [name, value] of Object.entries(body)) enter(`the member ${name}`, JSON.stringify(value));
  else enter('the body', Buffer.from(response?.body ?? []).toString('latin1'));
  return parts;
}

/** The one value that all have; undefined where they differ among themselves. */
function common(all: readonly Map<string, string>[], name: string): string | null | undefined {
  const values = new Set(all.map((parts) => parts.get(name) ?? null));
  return values.size === 1 ? [...values][0] : undefined;
}

/** @returns the header or member that tells the two apart, or null where none does */
export function tellingPart(some: readonly Exchange[], others: readonly Exchange[]): string | null {
  const [left, right] = [some.map(partsOf), others.map(partsOf)];
  const names = new Set([...left, ...right].flatMap((parts) => [...parts.keys()]));
  for (const name of names) {
    const [of, against] = [common(left, name), common(right, name)];
    if (of !== undefined && against !== undefined && of !== against) return name;
  }
  return null;
}
