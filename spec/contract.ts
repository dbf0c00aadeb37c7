/** The published contract of Cancel Session: what it declares, and what it says of the body of an answer. */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { checkedFormats } from './formats.js';
import { rangesOver } from './media-type.js';
import { OpenApiDocument } from './openapi-document.js';
import { SchemaTranslation } from './openapi-schema.js';
import { type Bodies, declaredBodies, findOperation, keysFor } from './operation.js';
import { packageRoot } from './package-root.js';
import { type Violation, violationsOf } from './violation.js';
import { PlacedError, readYaml } from './yaml-file.js';

/** What the contract says of one answer. */
export interface Contract {
  readonly title: string;
  readonly version: string;
  /** Of the file's bytes, in hexadecimal digits */
  readonly sha256: string;
  readonly file: string;
  /** Such as `/api/v2/sessions/{sessionId}/cancel`; it holds `{sessionId}` once, and no other parameter. */
  readonly pathTemplate: string;
  /** The statuses that are declared, in rising order; `4XX` declares 400 to 499, `default` all from 200. */
  readonly statuses: readonly number[];
  /**
   * The media types declared for a status, in lower case and without parameters; none where the status is not
   * declared, or has no body. A media type range (`text/*`) is listed as such: see `covers`.
   */
  mediaTypes(status: number): readonly string[];
  /** Those declared for any status. */
  readonly allMediaTypes: readonly string[];
  /** Whether a media type is declared for any status, by itself or in a range. */
  declares(mediaType: string): boolean;
  /**
   * What a body (parsed JSON) breaks of the schema for its status and media type, at most 20 violations. None where
   * status or media type are not declared: that is broken by itself, and there is no schema to hold the body against.
   */
  validate(status: number, mediaType: string, body: unknown): readonly Violation[];
}

/** The contract cannot be used: `file`, `line` and `pointer` say where. */
export class ContractError extends PlacedError {
  override readonly name: string = 'ContractError';
}

type Validator = (body: unknown) => readonly Violation[];

/** The file of the published contract. */
export const publishedContract = join(packageRoot, 'spec', 'pay-interac.yaml');

/**
 * Loads a contract and compiles every schema of the operation, once.
 *
 * @param file an OpenAPI 3.0.x document; the published one where left out
 * @throws ContractError where it cannot be read, found or compiled
 */
export function loadContract(file: string = publishedContract): Contract {
  const source = readYaml(file, ContractError);
  const document = new OpenApiDocument(source);
  const operation = findOperation(document);
  const responses = declaredBodies(document, operation);
  const validators = compile(document, [...responses.values()]);
  // Every answer of a run is held against it: what a status declares is looked up once.
  const declared = new Map<number, { bodies: Bodies; mediaTypes: readonly string[] }>();
  for (const status of allStatuses) {
    const bodies = mostSpecific(responses, keysFor(status));
    if (bodies !== undefined) declared.set(status, { bodies, mediaTypes: [...bodies.keys()] });
  }
  const allMediaTypes = new Set([...declared.values()].flatMap(({ mediaTypes }) => mediaTypes));
  return {
    title: document.text('/info/title'),
    version: document.text('/info/version'),
    sha256: createHash('sha256').update(source.bytes).digest('hex'),
    file,
    pathTemplate: operation.pathTemplate,
    statuses: [...declared.keys()],
    mediaTypes: (status) => declared.get(status)?.mediaTypes ?? [],
    allMediaTypes: [...allMediaTypes],
    declares: (mediaType) => rangesOver(mediaType).some((range) => allMediaTypes.has(range)),
    validate(status, mediaType, body) {
      const schema = mostSpecific(declared.get(status)?.bodies ?? none, rangesOver(mediaType));
      return schema === undefined ? [] : (validators.get(schema)?.(body) ?? []);
    },
  };
}

const none: Bodies = new Map();

/** The final statuses of HTTP. */
const allStatuses = Array.from({ length: 400 }, (_, index) => 200 + index);

function mostSpecific<Value>(
  declared: ReadonlyMap<string, Value>,
  keys: readonly string[],
): Value | undefined {
  const key = keys.find((candidate) => declared.has(candidate));
  return key === undefined ? undefined : declared.get(key);
}

/** A validator for every schema, by its pointer: nine responses with two schemas take two. */
function compile(document: OpenApiDocument, responses: readonly Bodies[]): ReadonlyMap<string, Validator> {
  const schemas = new Set(
    responses.flatMap((bodies) => [...bodies.values()].filter((schema) => schema !== undefined)),
  );
  const translation = new SchemaTranslation(document);
  const references = [...schemas].map((pointer) => ({ pointer, ...translation.reference(pointer) }));
  const ajv = newAjv();
  ajv.addSchema({ definitions: translation.definitions }, 'contract');
  return new Map(
    references.map(({ pointer, $ref }) => [pointer, compileOne(document, ajv, pointer, `contract${$ref}`)]),
  );
}

function compileOne(document: OpenApiDocument, ajv: Ajv, pointer: string, $ref: string): Validator {
  try {
    const validate: ValidateFunction = ajv.compile({ $ref });
    return (body) => (validate(body) ? [] : violationsOf(validate.errors ?? [], body));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw document.error(pointer, `the schema cannot be compiled: ${reason}`, 'Correct the schema.');
  }
}

/**
 * Strict, but for two rules that refuse what OpenAPI allows: keywords without their `type`, and required members
 * that no `properties` names. Patterns are those of ECMA-262 edition 5.1 (OpenAPI 3.0.1, "Schema Object"), which
 * knew no `u` flag. The schemas were checked when they were translated.
 */
function newAjv(): Ajv {
  return new Ajv({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allErrors: true,
    ownProperties: true,
    unicodeRegExp: false,
    meta: false,
    validateSchema: false,
    logger: false,
    formats: Object.fromEntries(checkedFormats),
  });
}
