/** Runs the built command as a user would, in a folder of its own. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../spec/package-root.js';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Where it ran. */
  readonly folder: string;
  /** What `conformance-report/verdict.json` holds, or undefined where there is none. */
  verdict(): unknown;
}

export const emptyFolder = () => mkdtempSync(join(tmpdir(), 'cancel-conformance-'));

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** Called once the process has begun. */
  readonly begun?: (child: ChildProcess) => void;
}

/** The environment of the tests without what would choose a target. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CONFORMANCE_')));
}

export function command(
  args: readonly string[],
  { env, folder = emptyFolder(), begun }: CommandOptions = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [join(packageRoot, 'dist', 'cli', 'main.js'), ...args], {
    cwd: folder,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  begun?.(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      resolve({ status, stdout, stderr, folder, verdict: () => readVerdict(folder) });
    });
  });
}

function readVerdict(folder: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, 'conformance-report', 'verdict.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
