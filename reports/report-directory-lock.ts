/** The lock on a report directory: a file with the process id of the run that writes there. */

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../spec/errors.js';

/** A lock without a process id is being written this moment, or was left by a run killed just then. */
const WRITING_MS = 50;

/**
 * Takes the lock, over from a process that is dead where there is one.
 *
 * @returns releases it
 * @throws UserError where another run holds it
 */
export async function lock(folder: string): Promise<() => void> {
  const file = join(folder, '.lock');
  while (!create(file)) {
    let holder = holderOf(file);
    if (holder === null) {
      await pause(WRITING_MS);
      holder = holderOf(file);
    }
    if (isAlive(holder)) throw taken(folder, holder);
    takeAway(folder, file, holder);
  }
  return () => {
    if (holderOf(file) === process.pid) rmSync(file, { force: true });
  };
}

function create(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Null where the file is gone, or holds no process id. */
function holderOf(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** A lock with this process's own id was left by a process that had the id before, say in another container. */
function isAlive(pid: number | null): boolean {
  if (pid === null || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** Moved aside first and looked at once more: another run may have taken the lock over in the meantime. */
function takeAway(folder: string, file: string, holder: number | null): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  const moved = holderOf(aside);
  if (moved === holder) {
    rmSync(aside, { force: true });
    return;
  }
  renameSync(aside, file);
  throw taken(folder, moved);
}

function taken(folder: string, holder: number | null): UserError {
  const process = holder === null ? '' : ` (process ${holder})`;
  return new UserError(
    `Another run${process} writes to ${folder}.`,
    'Wait for it, or choose another --report-dir.',
  );
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
