/** The report directory: held by one run at a time, and its files always those of the last run begun. */

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../spec/errors.js';
import { lock } from './report-directory-lock.js';
import type { ReportFiles } from './report-files.js';

export class ReportDirectory {
  readonly #release: () => void;

  private constructor(
    readonly folder: string,
    release: () => void,
  ) {
    this.#release = release;
  }

  /**
   * Makes the directory where it is missing, and writes what stands should the run be killed; that shows as well that
   * what comes at the end can be written.
   *
   * @throws UserError where it cannot be written, or another run writes there
   */
  static async open(folder: string, unfinished: ReportFiles): Promise<ReportDirectory> {
    const release = await asUserError(folder, async () => {
      makeFolder(folder);
      return lock(folder);
    });
    const directory = new ReportDirectory(folder, release);
    try {
      await directory.write(unfinished);
      return directory;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** @throws UserError where a file cannot be written any more */
  async write(files: ReportFiles): Promise<void> {
    for (const [name, text] of files) {
      const file = join(this.folder, name);
      await asUserError(file, () => (text === null ? rmSync(file, { force: true }) : replace(file, text)));
    }
  }

  /** Lets the next run in. */
  close(): void {
    this.#release();
  }
}

/** In one step: who reads at any moment finds the old file or the new one, whole. */
function replace(place: string, text: string): void {
  const draft = `${place}.tmp`;
  try {
    const file = openSync(draft, 'w');
    try {
      // `writeSync` would write a part alone where the disk is full, and say nothing.
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, place);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** The `recursive` of Node.js never returns where the parent takes no folders, as /proc does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    const madeByAnother = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!madeByAnother) throw error;
  }
}

/** The file system's errors are the user's to mend. */
async function asUserError<T>(place: string, write: () => T | Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UserError(
      `${place} cannot be written (${error.code}).`,
      'Check its permissions, or choose another --report-dir.',
    );
  }
}
