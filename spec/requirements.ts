/** The catalogue of requirements: every statement of the contract that a service can keep or break, with its source. */

import { join } from 'node:path';
import { inWords } from './in-words.js';
import { isObject, pointerTo, valueAt } from './json-pointer.js';
import { packageRoot } from './package-root.js';
import { readYaml, type YamlFile } from './yaml-file.js';

/** A `must` decides the verdict; a `should` is reported, and decides only under `--strict`. */
export type Level = 'must' | 'should';

/** What a requirement rests on; it names one of the three at least. */
interface Source {
  /** A heading of the endpoint's page */
  readonly page?: string;
  /** A JSON pointer into the contract, as a URI fragment */
  readonly contract?: string;
  /** An RFC and its section */
  readonly rfc?: string;
}

export type Turn = 'alone' | 'beside' | 'in turn';

export interface Requirement {
  readonly id: string;
  readonly level: Level;
  readonly statement: string;
  readonly source: Source;
  /** Why no API call can check it */
  readonly unchecked?: string;
  /** Requirements without which its checks say nothing: where one of them never holds, a failure is none of its own */
  readonly needs: readonly string[];
  /**
   * When its cases are told: alone, before all others, since all that these observe rests on it; beside the others, from
   * the beginning to the end, since they wait for a clock; or in turn
   */
  readonly told: Turn;
}

const catalogue = join(packageRoot, 'spec', 'requirements.yaml');
const clientCatalogue = join(packageRoot, 'spec', 'client-requirements.yaml');

/**
 * Loads the catalogue, in its order.
 *
 * @param file the catalogue of this package where left out
 * @throws UserError that names file and line where an entry is wrong
 */
export function loadRequirements(file: string = catalogue): readonly Requirement[] {
  const yaml = readYaml(file);
  if (!Array.isArray(yaml.value)) {
    throw yaml.error(
      '',
      `must be a list of requirements, not ${inWords(yaml.value)}`,
      'Begin each with "- id:".',
    );
  }
  const requirements = yaml.value.map((_, index) => requirementAt(yaml, pointerTo('', String(index))));
  assertUnique(yaml, requirements);
  assertNeedsExist(yaml, requirements);
  return requirements;
}

/** Loads the catalogue of what a client of the service can keep or break, in its order. */
export function loadClientRequirements(): readonly Requirement[] {
  return loadRequirements(clientCatalogue);
}

function requirementAt(yaml: YamlFile, pointer: string): Requirement {
  assertMembers(yaml, pointer, ['id', 'level', 'statement', 'source', 'unchecked', 'needs', 'told']);
  const unchecked = optionalTextAt(yaml, pointerTo(pointer, 'unchecked'));
  return {
    id: idAt(yaml, pointerTo(pointer, 'id')),
    level: levelAt(yaml, pointerTo(pointer, 'level')),
    statement: textAt(yaml, pointerTo(pointer, 'statement')),
    source: sourceAt(yaml, pointerTo(pointer, 'source')),
    ...(unchecked && { unchecked }),
    needs: needsAt(yaml, pointerTo(pointer, 'needs')),
    told: turnAt(yaml, pointerTo(pointer, 'told')),
  };
}

function needsAt(yaml: YamlFile, pointer: string): readonly string[] {
  const needs = valueAt(yaml.value, pointer) ?? [];
  if (Array.isArray(needs)) return needs.map((_, index) => textAt(yaml, pointerTo(pointer, String(index))));
  throw yaml.error(
    pointer,
    `needs must be a list of ids, not ${inWords(needs)}`,
    'Write it as [cancel.success].',
  );
}

function turnAt(yaml: YamlFile, pointer: string): Turn {
  const told = valueAt(yaml.value, pointer) ?? 'in turn';
  if (told === 'alone' || told === 'beside' || told === 'in turn') return told;
  throw yaml.error(
    pointer,
    `told must be alone or beside, not ${inWords(told)}`,
    'Leave it out where its cases are told in turn.',
  );
}

function idAt(yaml: YamlFile, pointer: string): string {
  const id = textAt(yaml, pointer);
  if (/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/.test(id)) return id;
  throw yaml.error(
    pointer,
    `${inWords(id)} is no requirement id`,
    'Write lower-case words with dots between, say cancel.twice.',
  );
}

function levelAt(yaml: YamlFile, pointer: string): Level {
  const level = valueAt(yaml.value, pointer);
  if (level === 'must' || level === 'should') return level;
  throw yaml.error(
    pointer,
    `the level must be must or should, not ${inWords(level)}`,
    'Write one of the two.',
  );
}

function sourceAt(yaml: YamlFile, pointer: string): Source {
  assertMembers(yaml, pointer, ['page', 'contract', 'rfc']);
  const page = optionalTextAt(yaml, pointerTo(pointer, 'page'));
  const contract = optionalTextAt(yaml, pointerTo(pointer, 'contract'));
  const rfc = optionalTextAt(yaml, pointerTo(pointer, 'rfc'));
  const source: Source = { ...(page && { page }), ...(contract && { contract }), ...(rfc && { rfc }) };
  if (Object.keys(source).length > 0) return source;
  throw yaml.error(pointer, 'a requirement must cite a source', 'Name a page, a contract pointer or an rfc.');
}

function optionalTextAt(yaml: YamlFile, pointer: string): string | undefined {
  return valueAt(yaml.value, pointer) === undefined ? undefined : textAt(yaml, pointer);
}

function textAt(yaml: YamlFile, pointer: string): string {
  const value = valueAt(yaml.value, pointer);
  if (typeof value === 'string' && value.trim() !== '') return value;
  const name = pointer.slice(pointer.lastIndexOf('/') + 1);
  throw yaml.error(
    pointer,
    `${name} must be a text, not ${inWords(value)}`,
    'Write it, in quotes where it looks like something else.',
  );
}

function assertMembers(yaml: YamlFile, pointer: string, known: readonly string[]): void {
  const value = valueAt(yaml.value, pointer);
  const hint = `Its members are ${known.join(', ')}.`;
  if (!isObject(value)) throw yaml.error(pointer, `must be an object, not ${inWords(value)}`, hint);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw yaml.error(pointerTo(pointer, unknown), `${inWords(unknown)} is no member known here`, hint);
}

function assertUnique(yaml: YamlFile, requirements: readonly Requirement[]): void {
  const seen = new Set<string>();
  requirements.forEach(({ id }, index) => {
    if (seen.has(id))
      throw yaml.error(pointerTo('', String(index), 'id'), `the id ${id} is taken`, 'Choose another.');
    seen.add(id);
  });
}

function assertNeedsExist(yaml: YamlFile, requirements: readonly Requirement[]): void {
  const ids = new Set(requirements.map(({ id }) => id));
  requirements.forEach(({ needs }, index) => {
    needs.forEach((need, at) => {
      if (ids.has(need)) return;
      throw yaml.error(
        pointerTo('', String(index), 'needs', String(at)),
        `no requirement has the id ${need}`,
        'Name one of this file.',
      );
    });
  });
}

/**
 * The source in one line.
 *
 * @example 'page "Response Fields"; contract #/components/schemas/SessionStatus; RFC 9562 section 4'
 */
export function sourceText({ source }: Requirement): string {
  const page = source.page && `page "${source.page}"`;
  const contract = source.contract && `contract ${source.contract}`;
  return [page, contract, source.rfc].filter((part) => part !== undefined).join('; ');
}

/** The first word of the id. */
export function theme({ id }: Pick<Requirement, 'id'>): string {
  return id.split('.', 1).join();
}
