/** An OpenAPI 3.0 document, in which every object is found by its JSON pointer and local references are followed. */

import { inWords } from './in-words.js';
import { isObject, namesOf, pointerTo, valueAt } from './json-pointer.js';
import type { PlacedError, YamlFile } from './yaml-file.js';

/** Deeper than any contract goes; a YAML alias inside its own anchor goes on for ever. */
const maxDepth = 200;

export class OpenApiDocument {
  readonly #source: YamlFile;

  /** @throws PlacedError where the file is not OpenAPI 3.0.x */
  constructor(source: YamlFile) {
    this.#source = source;
    const version = valueAt(source.value, '/openapi');
    if (typeof version === 'string' && /^3\.0\.\d+(-.+)?$/.test(version)) return;
    const found = version === undefined ? 'has no member "openapi"' : `says openapi: ${inWords(version)}`;
    throw this.error(
      '/openapi',
      `not OpenAPI 3.0.x: it ${found}`,
      'Give an OpenAPI 3.0 document, say openapi: 3.0.1.',
    );
  }

  error(pointer: string, what: string, hint: string): PlacedError {
    return this.#source.error(pointer, what, hint);
  }

  /** What stands at a pointer, `undefined` where nothing does. */
  at(pointer: string): unknown {
    return valueAt(this.#source.value, pointer);
  }

  /** @throws PlacedError where no object stands at the pointer */
  object(pointer: string): Record<string, unknown> {
    const value = this.at(pointer);
    if (namesOf(pointer).length > maxDepth) {
      throw this.error(
        pointer,
        `nested deeper than ${maxDepth} levels`,
        'Is an alias inside its own anchor?',
      );
    }
    if (!isObject(value))
      throw this.error(pointer, `must be an object, not ${inWords(value)}`, 'Correct the line.');
    return value;
  }

  /** @throws PlacedError where no text stands at the pointer */
  text(pointer: string): string {
    const value = this.at(pointer);
    if (typeof value === 'string') return value;
    throw this.error(
      pointer,
      `must be a string, not ${inWords(value)}`,
      'Write it, in quotes where it looks like a number.',
    );
  }

  /**
   * The pointer to the object itself, behind any references.
   *
   * @throws PlacedError where a reference leads nowhere, out of the file, or back to itself
   */
  follow(pointer: string): string {
    const trail = new Set<string>();
    let at = pointer;
    while (this.isReference(at)) {
      if (trail.has(at))
        throw this.error(at, 'the reference leads back to itself', 'Let it name what is meant.');
      trail.add(at);
      at = this.target(at);
    }
    return at;
  }

  /** Whether a Reference Object stands at the pointer; all beside its `$ref` is ignored (OpenAPI 3.0.1). */
  isReference(pointer: string): boolean {
    return Object.hasOwn(this.object(pointer), '$ref');
  }

  /** The pointer that the Reference Object at a pointer names. */
  target(pointer: string): string {
    const place = pointerTo(pointer, '$ref');
    const reference = this.text(place);
    const target = fragmentOf(reference);
    if (target === undefined) {
      const hint = 'Only references inside the file (#/…) are followed: bring its target into this file.';
      throw this.error(
        place,
        `the $ref ${JSON.stringify(reference)} is not a JSON pointer into this file`,
        hint,
      );
    }
    if (this.at(target) === undefined) {
      throw this.error(
        place,
        `the $ref ${JSON.stringify(reference)} leads nowhere`,
        'Add its target, or correct the name.',
      );
    }
    return target;
  }
}

/** The JSON pointer of a URI fragment (RFC 6901 section 6). */
function fragmentOf(reference: string): string | undefined {
  if (!/^#(\/|$)/.test(reference)) return undefined;
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    return undefined;
  }
}
