/** What a body breaks of its schema, in plain words. */

import type { ErrorObject } from 'ajv';
import { formatInWords } from './formats.js';
import { inWords } from './in-words.js';
import { pointerTo, valueAt } from './json-pointer.js';

export interface Violation {
  /** JSON pointer into the body, '' for the root */
  readonly pointer: string;
  /** What the value there must be, as a clause without its subject */
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
}

/** As many as a person reads; a body of a megabyte can break a schema a hundred thousand times. */
const most = 20;

/**
 * The violations that Ajv's errors stand for, in their order, at most 20. Where the type is wrong nothing more is
 * said of that value: format and enum would only say it again.
 */
export function violationsOf(errors: readonly ErrorObject[], body: unknown): readonly Violation[] {
  const mistyped = new Set(errors.filter(({ keyword }) => keyword === 'type').map(judgement));
  return errors
    .filter((error) => error.keyword === 'type' || !mistyped.has(judgement(error)))
    .slice(0, most)
    .map((error) => violationOf(error, body));
}

/** One value held against one schema. */
function judgement({ instancePath, schemaPath }: ErrorObject): string {
  return `${instancePath} ${schemaPath.slice(0, schemaPath.lastIndexOf('/'))}`;
}

function violationOf(error: ErrorObject, body: unknown): Violation {
  const params: Readonly<Record<string, unknown>> = error.params;
  const at = (pointer: string, message: string, expected: string): Violation => ({
    pointer,
    message,
    expected,
    actual: inWords(valueAt(body, pointer)),
  });
  const member = (name: unknown) => pointerTo(error.instancePath, String(name));
  switch (error.keyword) {
    case 'additionalProperties':
      return at(member(params['additionalProperty']), 'must not be there', 'no such member');
    case 'required':
      return at(member(params['missingProperty']), 'must be there', 'a value');
    default: {
      const expected = expectation(error, params);
      return at(error.instancePath, `must ${expected.verb}${expected.object}`, expected.object);
    }
  }
}

function expectation(
  error: ErrorObject,
  params: Readonly<Record<string, unknown>>,
): { readonly verb: string; readonly object: string } {
  switch (error.keyword) {
    case 'type':
      return { verb: 'be ', object: typesInWords(params['type']) };
    case 'enum':
      return { verb: 'be ', object: valuesInWords(params['allowedValues']) };
    case 'format':
      return { verb: 'be ', object: formatInWords(params['format']) };
    default:
      return { verb: '', object: (error.message ?? error.keyword).replace(/^must /, '') };
  }
}

const articles: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  integer: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

function typesInWords(types: unknown): string {
  return [types]
    .flat()
    .map((type) => articles[String(type)] ?? String(type))
    .join(' or ');
}

function valuesInWords(values: unknown): string {
  const words = [values].flat().map(inWords);
  return words.length === 1 ? words.join() : `one of ${words.join(', ')}`;
}
