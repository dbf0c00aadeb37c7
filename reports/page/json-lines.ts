/** A JSON text as lines that a person reads, each with the pointer to what it shows. */

import { isObject, pointerTo } from '../../spec/json-pointer.js';

export interface JsonLine {
  readonly text: string;
  readonly pointer: string;
}

const LONGEST_TEXT = 20_000;
const DEEPEST = 60;

/** @returns null where it is no JSON, or where lines would not say all that the text says (a member named twice, `1.0`) */
export function jsonLines(text: string): readonly JsonLine[] | null {
  if (text.length > LONGEST_TEXT) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (JSON.stringify(value) !== withoutSpace(text)) return null;
    return lines(value, '', '', '', '');
  } catch {
    return null;
  }
}

/** White space within strings stays. */
function withoutSpace(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, string: string | undefined) => string ?? '');
}

function lines(value: unknown, pointer: string, before: string, behind: string, indent: string): JsonLine[] {
  const begin = indent + before;
  const entries: readonly (readonly [string, unknown, string])[] = Array.isArray(value)
    ? value.map((item, i) => [String(i), item, ''])
    : isObject(value)
      ? Object.entries(value).map(([name, item]) => [name, item, `${JSON.stringify(name)}: `])
      : [];
  if (entries.length === 0 || indent.length > DEEPEST * 2)
    return [{ text: `${begin}${JSON.stringify(value)}${behind}`, pointer }];
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return [
    { text: `${begin}${open}`, pointer },
    ...entries.flatMap(([name, item, label], i) =>
      lines(item, pointerTo(pointer, name), label, i === entries.length - 1 ? '' : ',', `${indent}  `),
    ),
    { text: `${indent}${close}${behind}`, pointer },
  ];
}
