/** The translation of OpenAPI 3.0.1 Schema Objects to JSON Schema, draft 7, as Ajv compiles it. */

import { checkedFormats } from './formats.js';
import { inWords } from './in-words.js';
import { isObject, pointerTo } from './json-pointer.js';
import type { OpenApiDocument } from './openapi-document.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** One keyword of a Schema Object: its own value, its pointer, and the schema that it stands in. */
interface Keyword {
  readonly name: string;
  readonly value: unknown;
  readonly pointer: string;
  readonly schema: Record<string, unknown>;
}

/** What a keyword becomes; nothing where it only describes. */
type Rule = (keyword: Keyword, translation: SchemaTranslation) => JsonSchema;

/**
 * Translates schemas, each once however often and however recursively it is referred to.
 *
 * Keywords are checked here and not against the meta-schema of JSON Schema: that one knows neither OpenAPI's
 * keywords nor the line, and compiling it takes longer than all the rest of loading a contract.
 */
export class SchemaTranslation {
  readonly #document: OpenApiDocument;
  readonly #names = new Map<string, string>();
  readonly #ending = new Set<string>();
  readonly #definitions: Record<string, JsonSchema> = {};

  constructor(document: OpenApiDocument) {
    this.#document = document;
  }

  /** All that was referred to, for the root of the JSON Schema. */
  get definitions(): Readonly<Record<string, JsonSchema>> {
    return this.#definitions;
  }

  /**
   * The reference, in JSON Schema, to the schema at a pointer of the document.
   *
   * @throws PlacedError where a keyword is unknown, or has a wrong value
   */
  reference(pointer: string): { readonly $ref: string } {
    const target = this.#document.follow(pointer);
    const known = this.#names.get(target);
    const name = known ?? `schema${this.#names.size}`;
    if (known === undefined) {
      this.#names.set(target, name);
      this.#assertEnds(target, []);
      this.#definitions[name] = this.translate(target);
    }
    return { $ref: `#/definitions/${name}` };
  }

  /** The JSON Schema for the schema at a pointer of the document. */
  translate(pointer: string): JsonSchema {
    if (this.#document.isReference(pointer)) return this.reference(pointer);
    const schema = this.#document.object(pointer);
    const parts = Object.entries(schema).flatMap(([name, value]) =>
      Object.entries(this.#apply({ name, value, pointer: pointerTo(pointer, name), schema })),
    );
    return Object.fromEntries(parts);
  }

  #apply(keyword: Keyword): JsonSchema {
    const rule = keyword.name.startsWith('x-') ? described : rules.get(keyword.name);
    if (rule !== undefined) return rule(keyword, this);
    const what = `${JSON.stringify(keyword.name)} is no keyword of an OpenAPI 3.0 schema`;
    throw this.#document.error(keyword.pointer, what, 'Correct its name, or begin it with x-.');
  }

  /** The error for a keyword with a wrong value. */
  wrong({ name, value, pointer }: Keyword, expected: string): Error {
    const what = `${JSON.stringify(name)} must be ${expected}, not ${inWords(value)}`;
    return this.#document.error(pointer, what, 'Correct the value.');
  }

  /** Whether a member of an object is only ever sent in requests. */
  isWriteOnly(pointer: string): boolean {
    return this.#document.at(pointerTo(this.#document.follow(pointer), 'writeOnly')) === true;
  }

  /** A schema that comes back to itself, without going into a member or an item, would be validated for ever. */
  #assertEnds(pointer: string, trail: readonly string[]): void {
    if (trail.includes(pointer)) {
      throw this.#document.error(
        pointer,
        'the schema refers back to itself',
        'Only members and items may do so.',
      );
    }
    if (this.#ending.has(pointer)) return;
    for (const next of this.#inPlace(pointer)) this.#assertEnds(next, [...trail, pointer]);
    this.#ending.add(pointer);
  }

  /** The schemas that judge the same value as the one at a pointer. */
  #inPlace(pointer: string): string[] {
    if (this.#document.isReference(pointer)) return [this.#document.target(pointer)];
    const schema = this.#document.object(pointer);
    const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((name) => {
      const list = schema[name];
      return Array.isArray(list) ? list.map((_, index) => pointerTo(pointer, name, String(index))) : [];
    });
    return isObject(schema['not']) ? [...lists, pointerTo(pointer, 'not')] : lists;
  }
}

const described: Rule = () => ({});

/** A keyword that means the same in JSON Schema. */
function same(holds: (value: unknown) => boolean, expected: string): Rule {
  return (keyword, translation) => {
    if (!holds(keyword.value)) throw translation.wrong(keyword, expected);
    return { [keyword.name]: keyword.value };
  };
}

/** A keyword that is only read beside another one, or only describes, and still has to be true or false. */
const flag: Rule = (keyword, translation) => {
  if (typeof keyword.value !== 'boolean') throw translation.wrong(keyword, 'true or false');
  return {};
};

const isCount = (value: unknown) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

const count = same(isCount, 'a whole number from 0');

/** `exclusiveMaximum: true` beside `maximum: 5` is `exclusiveMaximum: 5` in JSON Schema. */
function limit(exclusiveName: string): Rule {
  return (keyword, translation) => {
    if (!Number.isFinite(keyword.value)) throw translation.wrong(keyword, 'a number');
    return { [keyword.schema[exclusiveName] === true ? exclusiveName : keyword.name]: keyword.value };
  };
}

const types = ['boolean', 'integer', 'number', 'string', 'array', 'object'];

/**
 * `nullable: true` adds null to the `type` beside it, and does nothing more: an `enum` must name null too, and without
 * a `type` there is nothing to add to. OpenAPI 3.0.1 leaves that open; 3.0.3 made it plain ("Schema Object",
 * `nullable`, and the proposal "Clarify Semantics of nullable in OpenAPI 3.0").
 */
const type: Rule = (keyword, translation) => {
  const { value, schema } = keyword;
  if (!isText(value) || !types.includes(value))
    throw translation.wrong(keyword, `one of ${types.join(', ')}`);
  return { type: schema['nullable'] === true ? [value, 'null'] : value };
};

/** A format that is not checked is left out, and the type alone holds. */
const format: Rule = (keyword, translation) => {
  if (!isText(keyword.value)) throw translation.wrong(keyword, 'a string');
  return checkedFormats.has(keyword.value) ? { format: keyword.value } : {};
};

/** A member that is `writeOnly` is never required of an answer (OpenAPI 3.0.1, "Schema Object"). */
const required: Rule = (keyword, translation) => {
  const { value, schema, pointer } = keyword;
  if (!isTexts(value)) throw translation.wrong(keyword, 'a list of names');
  const properties = pointerTo(pointer.slice(0, pointer.lastIndexOf('/')), 'properties');
  const declared = schema['properties'];
  const isAsked = (name: string) =>
    isObject(declared) &&
    Object.hasOwn(declared, name) &&
    translation.isWriteOnly(pointerTo(properties, name));
  return { required: value.filter((name) => !isAsked(name)) };
};

/** Ajv passes over a property called `__proto__`; as a pattern it is one like any other. */
const properties: Rule = (keyword, translation) => {
  if (!isObject(keyword.value)) throw translation.wrong(keyword, 'an object of schemas');
  const members = Object.keys(keyword.value).map(
    (name) => [name, translation.translate(pointerTo(keyword.pointer, name))] as const,
  );
  const odd = members.find(([name]) => name === '__proto__');
  return {
    properties: Object.fromEntries(members.filter((member) => member !== odd)),
    ...(odd === undefined ? {} : { patternProperties: { '^__proto__$': odd[1] } }),
  };
};

const subschema: Rule = ({ name, pointer }, translation) => ({ [name]: translation.translate(pointer) });

const flagOrSubschema: Rule = (keyword, translation) =>
  typeof keyword.value === 'boolean' ? { [keyword.name]: keyword.value } : subschema(keyword, translation);

const subschemas: Rule = (keyword, translation) => {
  const { name, value, pointer } = keyword;
  if (!Array.isArray(value) || value.length === 0) throw translation.wrong(keyword, 'a list of schemas');
  return { [name]: value.map((_, index) => translation.translate(pointerTo(pointer, String(index)))) };
};

/** Every keyword of OpenAPI 3.0.1, "Schema Object". A map, so that a keyword called `constructor` is not found. */
const rules: ReadonlyMap<string, Rule> = new Map([
  ['type', type],
  ['format', format],
  ['nullable', flag],
  ['enum', same((value) => Array.isArray(value) && value.length > 0, 'a list of values')],
  ['multipleOf', same((value) => Number.isFinite(value) && Number(value) > 0, 'a number above 0')],
  ['maximum', limit('exclusiveMaximum')],
  ['exclusiveMaximum', flag],
  ['minimum', limit('exclusiveMinimum')],
  ['exclusiveMinimum', flag],
  ['maxLength', count],
  ['minLength', count],
  ['pattern', same((value) => isText(value) && isRegExp(value), 'a regular expression')],
  ['items', subschema],
  ['maxItems', count],
  ['minItems', count],
  ['uniqueItems', same((value) => typeof value === 'boolean', 'true or false')],
  ['properties', properties],
  ['additionalProperties', flagOrSubschema],
  ['required', required],
  ['maxProperties', count],
  ['minProperties', count],
  ['allOf', subschemas],
  ['anyOf', subschemas],
  ['oneOf', subschemas],
  ['not', subschema],
  ['readOnly', flag],
  ['writeOnly', flag],
  ['deprecated', flag],
  ['title', described],
  ['description', described],
  ['default', described],
  ['example', described],
  ['discriminator', described],
  ['externalDocs', described],
  ['xml', described],
]);

function isRegExp(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}
