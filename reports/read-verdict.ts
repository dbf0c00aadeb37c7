/** Reads `verdict.json` files, of this run's time or older. */

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { UserError } from '../spec/errors.js';
import { isObject } from '../spec/json-pointer.js';
import { packageRoot } from '../spec/package-root.js';
import type { Verdict } from './verdict.js';

/** The published schema of `verdict.json`. */
export const verdictSchemaFile = join(packageRoot, 'reports', 'verdict.schema.json');

let compiled: ValidateFunction<Verdict> | null = null;

function validator(): ValidateFunction<Verdict> {
  if (compiled !== null) return compiled;
  const schema: unknown = JSON.parse(readFileSync(verdictSchemaFile, 'utf8'));
  if (!isObject(schema)) throw new Error('The schema of the verdict is no object.');
  compiled = new Ajv2020({ allowUnionTypes: true }).compile<Verdict>(schema);
  return compiled;
}

/**
 * @param place a report directory, or a verdict file itself
 * @throws UserError that names the file where it holds no verdict
 */
export function readVerdict(place: string): Verdict {
  const file = isFolder(place) ? join(place, 'verdict.json') : place;
  const verdict = parse(file);
  const validate = validator();
  if (validate(verdict)) return verdict;
  const [error] = validate.errors ?? [];
  throw new UserError(
    `${file} is no verdict (${error?.instancePath || 'the whole'} ${error?.message ?? 'is wrong'}).`,
    'Name a report directory that a run has written.',
  );
}

function isFolder(place: string): boolean {
  try {
    return statSync(place).isDirectory();
  } catch (error) {
    throw unreadable(place, error);
  }
}

function parse(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`${file} is not JSON.`, 'Name a report directory that a run has written.');
  }
}

function unreadable(place: string, error: unknown): UserError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return new UserError(
    `${place} cannot be read (${code}).`,
    'Name a report directory that a run has written.',
  );
}
