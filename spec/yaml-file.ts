/** A YAML file as plain data, with the line of every value, so that an error can name the place it comes from. */

import { readFileSync } from 'node:fs';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { UserError } from './errors.js';
import { namesOf } from './json-pointer.js';

/** A place in a file; `line` is left out where the file as a whole is meant. */
export interface Place {
  readonly file: string;
  readonly line: number | undefined;
  /** A JSON pointer, '' for the root */
  readonly pointer: string;
}

/** Something is wrong at one place of a file. */
export class PlacedError extends UserError implements Place {
  override readonly name: string = 'PlacedError';
  readonly file: string;
  readonly line: number | undefined;
  readonly pointer: string;

  /**
   * @param place where
   * @param what what is wrong, as a clause without a full stop
   * @param hint what to do
   */
  constructor(place: Place, what: string, hint: string) {
    const position = place.line === undefined ? place.file : `${place.file}:${place.line}`;
    super(`${position}: ${what}${place.pointer === '' ? '' : ` (at #${place.pointer})`}.`, hint);
    this.file = place.file;
    this.line = place.line;
    this.pointer = place.pointer;
  }
}

export interface YamlFile {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly value: unknown;
  /** The line of what stands at a pointer, or nearest to it where nothing does. */
  lineOf(pointer: string): number;
  /** The error to throw for what stands at a pointer, or nearest to it where nothing does. */
  error(pointer: string, what: string, hint: string): PlacedError;
}

/** More aliases than any contract needs, and too few for a file that unfolds into gigabytes ("billion laughs"). */
const maxAliases = 100;

type Parsed = ReturnType<typeof parseDocument>;

/**
 * Reads a YAML 1.2 (or JSON) file of one document. Keys named twice are refused: which of the two was meant?
 *
 * @param ErrorClass what is thrown for a fault of this file
 * @throws PlacedError where the file cannot be read or is no YAML
 */
export function readYaml(file: string, ErrorClass: typeof PlacedError = PlacedError): YamlFile {
  const bytes = readBytes(file, ErrorClass);
  const lines = new LineCounter();
  const parsed = parse(file, bytes, lines, ErrorClass);
  const lineOf = (pointer: string) => lines.linePos(offsetOf(parsed, pointer)).line;
  return {
    file,
    bytes,
    value: toPlainData(file, parsed, ErrorClass),
    lineOf,
    error: (pointer, what, hint) => new ErrorClass({ file, line: lineOf(pointer), pointer }, what, hint),
  };
}

function readBytes(file: string, ErrorClass: typeof PlacedError): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const what = missing ? 'there is no such file' : `the file cannot be read (${messageOf(error)})`;
    throw new ErrorClass({ file, line: undefined, pointer: '' }, what, 'Check the path and its permissions.');
  }
}

function parse(file: string, bytes: Uint8Array, lines: LineCounter, ErrorClass: typeof PlacedError): Parsed {
  const parsed = attempt(file, ErrorClass, () => {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  });
  const [error] = parsed.errors;
  if (error === undefined) return parsed;
  const line = lines.linePos(error.pos[0]).line;
  throw new ErrorClass({ file, line, pointer: '' }, `not valid YAML: ${error.message}`, 'Correct the line.');
}

function toPlainData(file: string, parsed: Parsed, ErrorClass: typeof PlacedError): unknown {
  return attempt(file, ErrorClass, (): unknown => parsed.toJS({ maxAliasCount: maxAliases }));
}

function attempt<T>(file: string, ErrorClass: typeof PlacedError, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const hint = 'It must be one YAML document in UTF-8, with few aliases and little nesting.';
    throw new ErrorClass(
      { file, line: undefined, pointer: '' },
      `not readable as YAML: ${messageOf(error)}`,
      hint,
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Where the key or the item that a pointer names begins in the text. */
function offsetOf(parsed: Parsed, pointer: string): number {
  let offset = 0;
  let node: unknown = parsed.contents;
  for (const name of namesOf(pointer)) {
    const entry = entryOf(isAlias(node) ? node.resolve(parsed) : node, name);
    if (entry === undefined) break;
    offset = startOf(entry.start) ?? offset;
    node = entry.value;
  }
  return offset;
}

/** The entry of a collection with the name; `start` is the node that it begins with. */
function entryOf(node: unknown, name: string): { start: unknown; value: unknown } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(name)];
    return item === undefined ? undefined : { start: item, value: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
  return pair === undefined ? undefined : { start: pair.key, value: pair.value };
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
}
