/** The report directory: held by one run at a time, and its `verdict.json` always that of the last run begun. */

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
import type { Verdict } from './verdict.js';

export class ReportDirectory {
  readonly verdictFile: string;
  readonly #release: () => void;

  private constructor(folder: string, release: () => void) {
    this.verdictFile = join(folder, 'verdict.json');
    this.#release = release;
  }

  /**
   * Makes the directory where it is missing, and writes the verdict that stands should the run be killed; that shows
   * as well that the one at the end can be written.
   *
   * @throws UserError where it cannot be written, or another run writes there
   */
  static async open(folder: string, unfinished: Verdict): Promise<ReportDirectory> {
    const release = await asUserError(folder, async () => {
      makeFolder(folder);
      return lock(folder);
    });
    const directory = new ReportDirectory(folder, release);
    try {
      await asUserError(folder, () => directory.#replace(unfinished));
      return directory;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** @throws UserError where it cannot be written any more */
  write(verdict: Verdict): Promise<void> {
    return asUserError(this.verdictFile, () => this.#replace(verdict));
  }

  /** Lets the next run in. */
  close(): void {
    this.#release();
  }

  /** In one step: who reads at any moment finds the old verdict or the new one, whole. */
  #replace(verdict: Verdict): void {
    const draft = `${this.verdictFile}.tmp`;
    try {
      const file = openSync(draft, 'w');
      try {
        // `writeSync` would write a part alone where the disk is full, and say nothing.
        writeFileSync(file, `${JSON.stringify(verdict, null, 2)}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(draft, this.verdictFile);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
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
