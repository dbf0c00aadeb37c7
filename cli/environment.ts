/** The environment: the variables of the process, and below them those of a `.env` file in the working directory. */

import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { systemCode, UserError } from '../spec/errors.js';

export interface Environment {
  /** Null where the variable is not set; an empty one counts as not set. */
  get(name: string): string | null;
  /** Where the value of a variable comes from. */
  sourceOf(name: string): 'environment' | '.env';
  /** For the commands that are run. */
  readonly all: NodeJS.ProcessEnv;
}

/** @throws UserError where there is a `.env` that cannot be read */
export function readEnvironment(own: NodeJS.ProcessEnv = process.env): Environment {
  const file = parse(readDotEnv());
  return {
    get: (name) => own[name] || file[name] || null,
    sourceOf: (name) => (own[name] ? 'environment' : '.env'),
    all: { ...file, ...own },
  };
}

function readDotEnv(): string {
  try {
    return readFileSync('.env', 'utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return '';
    throw new UserError(`The file .env cannot be read (${code}).`, 'Check its permissions, or remove it.');
  }
}
