/** Values of a target in words that are the same in every run: what chance and time decide is named, not repeated. */

import type { Seen } from './seen.js';

/** Of a text that is longer only the length is told. */
const LONGEST = 500;

const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
const ISO_TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g;
/** RFC 9110 section 5.6.7. */
const HTTP_DATE = /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\b/g;
const LONG_HEX = /\b[0-9a-f]{16,}\b/gi;

/** Fills in what {@link generalised} left open; `fill` is called for each place. */
export const PLACEHOLDER = /\{(?:sessionId|referenceId|uuid|time|hex)\}/g;

/** An id that is shorter may stand in a text by chance. */
const SHORTEST_ID = 8;

/** @example generalised('at 2026-11-25T10:00:00Z', seen) // 'at {time}' */
export function generalised(text: string, { id, exchange: { session, meant } }: Seen): string {
  if (text === session?.referenceId) return '{referenceId}';
  const known = [session?.id, meant, id]
    .filter((one) => typeof one === 'string')
    .filter((one) => one.length >= SHORTEST_ID);
  return known
    .reduce(
      (told, one) => told.replaceAll(one, '{sessionId}').replaceAll(one.toUpperCase(), '{sessionId}'),
      text,
    )
    .replace(UUID, '{uuid}')
    .replace(ISO_TIME, '{time}')
    .replace(HTTP_DATE, '{time}')
    .replace(LONG_HEX, '{hex}');
}

/** What stands in a place whose value is another one every time. */
export function varying(kind: string): string {
  return `varies (${kind})`;
}

export const VARYING = /^varies \((.*)\)$/;

/** A text of which only the length is told. */
export const LONG_TEXT = /^a (string|array|object) of (\d+) characters$/;

/** @param mask takes secrets out, before anything else is done to a text */
export function literal(value: unknown, seen: Seen, mask = (text: string) => text): string {
  const told = (text: string) => generalised(mask(text), seen);
  if (typeof value === 'string')
    return value.length > LONGEST ? long('string', value.length) : JSON.stringify(told(value));
  if (typeof value !== 'object' || value === null) return String(value);
  const json = JSON.stringify(value);
  return json.length > LONGEST ? long(kindOf(value), json.length) : told(json);
}

const long = (kind: string, length: number) => `a ${kind} of ${length} characters`;

/** The type as JSON has it. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
