/** Reads bodies as JSON (RFC 8259) within bounds, and tells what ordinary parsers hide. */

import type { MediaType } from './accept.js';

export interface ParsedJson {
  /** What is wrong with it in words; null where it is JSON. */
  readonly problem: string | null;
  /** Undefined where it is not JSON. */
  readonly value: unknown;
  readonly text: string;
  readonly byteOrderMark: boolean;
  /** A member that an object names twice, or null. */
  readonly duplicate: string | null;
}

/** Nested deeper than this it counts as not JSON. */
const DEEPEST = 1000;

/** JSON is UTF-8; a text/* type may name another charset, and no other type may. */
function decoderFor(mediaType: MediaType | null, body: Uint8Array): InstanceType<typeof TextDecoder> | null {
  const named = (mediaType?.essence.startsWith('text/') ? mediaType.charset : null) ?? 'utf-8';
  // "utf-16" leaves the byte order to a mark, big-endian without one (RFC 2781 section 4.3).
  const label = named !== 'utf-16' ? named : body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : 'utf-16be';
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true });
  } catch {
    return null;
  }
}

export function parseJson(body: Uint8Array, mediaType: MediaType | null): ParsedJson {
  const nothing = { value: undefined, text: '', byteOrderMark: false, duplicate: null };
  if (body.length === 0) return { ...nothing, problem: 'an empty body' };
  const decoder = decoderFor(mediaType, body);
  if (decoder === null) return { ...nothing, problem: `an unknown charset, ${mediaType?.charset}` };
  // The label is one for windows-1252 among browsers, whose decoder this is.
  if (
    /^(us-)?ascii$/.test(mediaType?.charset ?? '') &&
    mediaType?.essence.startsWith('text/') &&
    body.some((byte) => byte > 0x7f)
  )
    return { ...nothing, problem: 'bytes that are not US-ASCII' };
  let text: string;
  try {
    text = decoder.decode(body);
  } catch {
    return { ...nothing, problem: `bytes that are not ${decoder.encoding.toUpperCase()}` };
  }
  const marked = text.startsWith('\uFEFF');
  const byteOrderMark = marked && decoder.encoding === 'utf-8';
  const json = marked ? text.slice(1) : text;
  const { depth, duplicate } = scan(json);
  const read = { text, byteOrderMark, duplicate };
  if (depth > DEEPEST) return { ...read, value: undefined, problem: `JSON nested deeper than ${DEEPEST}` };
  try {
    return { ...read, value: JSON.parse(json), problem: null };
  } catch {
    return { ...read, value: undefined, problem: 'a body that is not JSON' };
  }
}

/** Walks the text once, without recursion: how deep it nests, and a member named twice in one object. */
function scan(json: string): { depth: number; duplicate: string | null } {
  const open: (Set<string> | null)[] = [];
  let depth = 0;
  let duplicate: string | null = null;
  const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/gs;
  for (const [text, colon] of json.matchAll(token)) {
    if (text === '{' || text === '[') open.push(text === '{' ? new Set() : null);
    else if (text === '}' || text === ']') open.pop();
    else if (colon !== undefined) {
      const name = memberName(text);
      const members = open.at(-1);
      if (members?.has(name)) duplicate ??= name;
      members?.add(name);
    }
    depth = Math.max(depth, open.length);
  }
  return { depth, duplicate };
}

/** `"stat\u0075s" :` and `"status":` are the same member. */
function memberName(text: string): string {
  const quoted = text.slice(0, text.lastIndexOf('"') + 1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
