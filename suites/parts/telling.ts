/** What tells two kinds of answers apart: a header or a member that is the same in all of one kind, and another in the other. */

import { type Exchange, headerValue, jsonOf } from '../../fixtures/exchange.js';
import { isObject } from '../../spec/json-pointer.js';

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
  if (isObject(body)) {
    enter('the layout of the body', layoutOf(Buffer.from(response?.body ?? []).toString('latin1')));
    for (const [name, value] of Object.entries(body)) enter(`the member ${name}`, JSON.stringify(value));
  } else enter('the body', Buffer.from(response?.body ?? []).toString('latin1'));
  return parts;
}

/** What stands around the texts and numbers of JSON. */
const layoutOf = (json: string): string => json.replace(/"(?:[^"\\]|\\.)*"|[\d.]+/g, '_');

const DIFFERING = Symbol('present in all, and not the same');

/** What all have in common: a value, none at all, or that they have one each; undefined where they differ in that. */
function common(all: readonly Map<string, string>[], name: string): string | null | symbol | undefined {
  const values = new Set(all.map((parts) => parts.get(name) ?? null));
  if (values.size === 1) return [...values][0];
  return values.has(null) ? undefined : DIFFERING;
}

/** Whether what one kind has in common excludes what the other has: a time beside another time tells nothing. */
function excludes(
  of: string | null | symbol | undefined,
  against: string | null | symbol | undefined,
): boolean {
  if (of === undefined || against === undefined || of === against) return false;
  return (of !== DIFFERING && against !== DIFFERING) || of === null || against === null;
}

/** @returns the header or member that tells the two apart, or null where none does */
export function tellingPart(some: readonly Exchange[], others: readonly Exchange[]): string | null {
  const [left, right] = [some.map(partsOf), others.map(partsOf)];
  const names = new Set([...left, ...right].flatMap((parts) => [...parts.keys()]));
  for (const name of names) {
    if (excludes(common(left, name), common(right, name))) return name;
  }
  return null;
}
