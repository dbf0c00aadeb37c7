/** The operation Cancel Session in an OpenAPI document, and what it declares for every status. */

import { isObject, pointerTo } from './json-pointer.js';
import { essenceOf } from './media-type.js';
import type { OpenApiDocument } from './openapi-document.js';

export interface Operation {
  readonly pathTemplate: string;
  /** JSON pointer to the Operation Object */
  readonly pointer: string;
}

/** The media types of one response, each with the pointer to its schema; `undefined` where any body is right. */
export type Bodies = ReadonlyMap<string, string | undefined>;

const operationId = 'CancelSession';

/**
 * The operation is the POST with the operationId `CancelSession`: the name says what is meant, wherever a revision
 * puts the path. Where no POST has that name it is the one POST whose path ends in `/cancel`.
 *
 * @throws PlacedError where there is no such operation, or more than one
 */
export function findOperation(document: OpenApiDocument): Operation {
  const posts = postsOf(document);
  const named = posts.filter(({ pointer }) => document.object(pointer)['operationId'] === operationId);
  const candidates =
    named.length > 0 ? named : posts.filter(({ pathTemplate }) => /\/cancel$/.test(pathTemplate));
  const [operation] = candidates;
  if (operation === undefined || candidates.length > 1) {
    const count = candidates.length === 0 ? 'no' : `${candidates.length} times a`;
    const what = `${count} POST with the operationId ${operationId}, or with a path that ends in /cancel`;
    throw document.error('/paths', what, `Give one POST the operationId ${operationId}.`);
  }
  assertSessionId(document, operation.pathTemplate);
  return operation;
}

function postsOf(document: OpenApiDocument): Operation[] {
  return Object.keys(document.object('/paths'))
    .filter((pathTemplate) => pathTemplate.startsWith('/'))
    .map((pathTemplate) => ({ pathTemplate, item: document.follow(pointerTo('/paths', pathTemplate)) }))
    .filter(({ item }) => Object.hasOwn(document.object(item), 'post'))
    .map(({ pathTemplate, item }) => ({ pathTemplate, pointer: pointerTo(item, 'post') }));
}

function assertSessionId(document: OpenApiDocument, pathTemplate: string): void {
  if (pathTemplate.match(/\{[^}]*\}/g)?.join() === '{sessionId}') return;
  const what = 'the path of the operation must hold {sessionId}, once, and no other parameter';
  throw document.error(pointerTo('/paths', pathTemplate), what, 'Name its parameter so.');
}

/** The responses of an operation, by the key that declares them: a status, a range such as `4XX`, or `default`. */
export function declaredBodies(document: OpenApiDocument, operation: Operation): ReadonlyMap<string, Bodies> {
  const pointer = pointerTo(operation.pointer, 'responses');
  const keys = Object.keys(document.object(pointer)).filter((key) => !key.startsWith('x-'));
  if (keys.length === 0)
    throw document.error(pointer, 'no response is declared', 'Declare at least one status.');
  return new Map(
    keys.map((key) => [checkedKey(document, pointer, key), bodiesOf(document, pointerTo(pointer, key))]),
  );
}

function checkedKey(document: OpenApiDocument, pointer: string, key: string): string {
  if (/^([1-5]\d\d|[1-5]XX|default)$/.test(key)) return key;
  const what = `${JSON.stringify(key)} is neither a status nor a range of them`;
  throw document.error(
    pointerTo(pointer, key),
    what,
    'Use a status such as 400, a range such as 4XX, or default.',
  );
}

function bodiesOf(document: OpenApiDocument, response: string): Bodies {
  const content = pointerTo(document.follow(response), 'content');
  const bodies = new Map<string, string | undefined>();
  if (document.at(content) === undefined) return bodies;
  for (const mediaType of Object.keys(document.object(content))) {
    const pointer = pointerTo(content, mediaType);
    const essence = essenceOf(mediaType);
    if (bodies.has(essence)) {
      throw document.error(
        pointer,
        `${essence} is declared twice, parameters aside`,
        'Leave one of the two.',
      );
    }
    bodies.set(essence, schemaOf(document, pointer));
  }
  return bodies;
}

function schemaOf(document: OpenApiDocument, mediaType: string): string | undefined {
  const { schema } = document.object(mediaType);
  if (schema === undefined) return undefined;
  const pointer = pointerTo(mediaType, 'schema');
  if (isObject(schema)) return pointer;
  throw document.error(pointer, 'a schema must be an object', 'Write the schema, or leave it out.');
}

/** The keys that may declare a status, the most specific first: OpenAPI 3.0.1 lets that one alone apply. */
export function keysFor(status: number): readonly string[] {
  return [String(status), `${Math.floor(status / 100)}XX`, 'default'];
}
