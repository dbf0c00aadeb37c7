/** The environment: the variables of the process, and below them those of a `.env` file in the working directory. */

import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { UserError } from '../spec/errors.js';

export type VariableName =
  | 'CONFORMANCE_TARGET'
  | 'CONFORMANCE_USERNAME'
  | 'CONFORMANCE_PASSWORD'
  | 'CONFORMANCE_OTHER_USERNAME'
  | 'CONFORMANCE_OTHER_PASSWORD'
  | 'CONFORMANCE_ACCESS_TOKEN'
  | 'CONFORMANCE_CLIENT_ID'
  | 'CONFORMANCE_SESSION_COMMAND'
  | 'CONFORMANCE_DEPTH'
  | 'CONFORMANCE_SEED';

export interface Environment {
  /** Null where the variable is not set; an empty one counts as not set. */
  get(name: VariableName): string | null;
  /** For the commands that are run. */
  readonly all: NodeJS.ProcessEnv;
}

/** @throws UserError where there is a `.env` that cannot be read */
export function readEnvironment(own: NodeJS.ProcessEnv = process.env): Environment {
  const file = parse(readDotEnv());
  return {
    get: (name) => own[name] || file[name] || null,
    all: { ...file, ...own },
  };
}

function readDotEnv(): string {
  try {
    return readFileSync('.env', 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOENT') return '';
    throw new UserError(`The file .env cannot be read (${code}).`, 'Check its permissions, or remove it.');
  }
}
