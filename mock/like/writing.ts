/** Values as they were observed, written again: with another id, time or number wherever one stood. */

import { randomBytes, randomUUID } from 'node:crypto';
import { LONG_TEXT, PLACEHOLDER, VARYING } from '../../observations/wording.js';
import type { Call } from '../behaviour.js';

/** Writes a value for a call. */
export type Writer = (call: Call) => unknown;

/** @returns null where nothing like it can be written */
export function writerOf(words: string): Writer | null {
  const kind = VARYING.exec(words)?.[1];
  if (kind !== undefined) return varying(kind);
  const [, type, length] = LONG_TEXT.exec(words) ?? [];
  if (type !== undefined) return () => longText(type, Number(length));
  if (!isJson(words)) return null;
  return (call) => JSON.parse(words.replace(PLACEHOLDER, (place) => inJson(filled(place, call))));
}

function varying(kind: string): Writer | null {
  if (kind === 'string') return ({ number }) => String(number);
  if (kind === 'number') return ({ number }) => number;
  return kind === 'boolean' ? ({ number }) => number % 2 === 0 : null;
}

function longText(type: string, length: number): unknown {
  if (type === 'string') return 'x'.repeat(length);
  // Brackets, quotation marks and the name are part of the length.
  return type === 'array' ? ['x'.repeat(length - 4)] : { x: 'x'.repeat(length - 8) };
}

function filled(place: string, { rawId, subject }: Call): string {
  switch (place) {
    case '{sessionId}':
      return rawId;
    case '{referenceId}':
      return subject?.referenceId ?? '';
    case '{time}':
      return new Date().toISOString();
    case '{uuid}':
      return randomUUID();
    default:
      return randomBytes(16).toString('hex');
  }
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
