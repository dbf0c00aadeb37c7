/** A copy of the mock's sources with every mutant in it, each of them switched off. */

import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { packageRoot } from '../../spec/package-root.js';

/** The mock's code that the contract speaks of; Authorize, Initiate and Session Details are not the contract's. */
const MUTATED = ['cancel', 'negotiation', 'problems', 'routes', 'sessions', 'steps', 'tokens'].map(
  (name) => `mock/${name}.ts`,
);

export interface Mutant {
  /** What the copy knows it by. */
  readonly id: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The line on which it begins, without its indentation. */
  readonly code: string;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
}

export interface MutatedSources {
  readonly mutants: readonly Mutant[];
  /** The URL of the module that starts the mock. */
  readonly module: string;
  remove(): void;
}

const no = () => false;
const quiet = () => {};
const silent = {
  ...{ isTraceEnabled: no, isDebugEnabled: no, isInfoEnabled: no },
  ...{ isWarnEnabled: no, isErrorEnabled: no, isFatalEnabled: no },
  ...{ trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet },
};

export async function mutateSources(): Promise<MutatedSources> {
  const folder = mkdtempSync(join(tmpdir(), 'cancel-conformance-mutants-'));
  for (const name of ['mock', 'spec', 'package.json', 'tsconfig.json'])
    cpSync(join(packageRoot, name), join(folder, name), { recursive: true });
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
  const sources = new Map(MUTATED.map((file) => [file, readFileSync(join(packageRoot, file), 'utf8')]));
  const { files, mutants } = await new Instrumenter(silent).instrument(
    [...sources].map(([name, content]) => ({ name, content, mutate: true })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  );
  for (const { name, content } of files) writeFileSync(join(folder, name), content);
  return {
    mutants: mutants.map(({ id, fileName, location, mutatorName, replacement }): Mutant => {
      const lines = sources.get(fileName)?.split('\n') ?? [];
      return {
        id,
        file: fileName,
        line: location.start.line + 1,
        code: lines[location.start.line]?.trim() ?? '',
        mutator: mutatorName,
        original: oneLine(between(lines, location)),
        replacement: oneLine(replacement),
      };
    }),
    module: pathToFileURL(join(folder, 'mock', 'service.ts')).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

interface Location {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** The text of a location, whose lines and columns count from 0. */
function between(lines: readonly string[], { start, end }: Location): string {
  const some = lines.slice(start.line, end.line + 1);
  return some
    .map((line, i) =>
      line.slice(i === 0 ? start.column : 0, i === some.length - 1 ? end.column : line.length),
    )
    .join('\n');
}
