/** Runs the command line as a user would, in a folder of its own: within this process, or as the built command. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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

/** As built: it is what users have, and it loads faster than its sources. */
const built = (name: string) => join(packageRoot, 'dist', 'cli', name);

export const emptyFolder = () => mkdtempSync(join(tmpdir(), 'cancel-conformance-'));

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

export interface ProcessOptions extends CommandOptions {
  /** Called once the process has begun. */
  readonly begun?: (child: ChildProcess) => void;
}

/** The environment of the tests without what would choose a target. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CONFORMANCE_')));
}

/** Folder, environment and output belong to the process: one command has them at a time. */
let turn: Promise<unknown> = Promise.resolve();

/** Within this process, which saves it a start of a second; one after another. */
export function command(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const ended = turn.then(() => inThisProcess(args, options));
  turn = ended.catch(() => {});
  return ended;
}

async function inThisProcess(
  args: readonly string[],
  { env, folder = emptyFolder() }: CommandOptions,
): Promise<Ended> {
  const { commandLine }: typeof import('../cli/command-line.js') = await import(
    pathToFileURL(built('command-line.js')).href
  );
  const { env: environment, exitCode } = process;
  const cwd = process.cwd();
  const stdout = taken(process.stdout);
  const stderr = taken(process.stderr);
  const signals = (['SIGINT', 'SIGTERM'] as const).map((name) => ({ name, known: process.listeners(name) }));
  process.env = { ...cleanEnvironment(), ...env };
  process.chdir(folder);
  process.exitCode = undefined;
  try {
    await commandLine(args);
    return {
      status: Number(process.exitCode ?? 0),
      stdout: stdout.text(),
      stderr: stderr.text(),
      folder,
      verdict: () => readVerdict(folder),
    };
  } finally {
    process.env = environment;
    process.chdir(cwd);
    process.exitCode = exitCode;
    stdout.giveBack();
    stderr.giveBack();
    for (const { name, known } of signals)
      for (const listener of process.listeners(name))
        if (!known.includes(listener)) process.off(name, listener);
  }
}

/** Keeps what is written to a stream. */
function taken(stream: NodeJS.WriteStream) {
  const { write } = stream;
  let text = '';
  stream.write = (chunk: Uint8Array | string) => {
    text += chunk.toString();
    return true;
  };
  return {
    text: () => text,
    giveBack() {
      stream.write = write;
    },
  };
}

/** As a process of its own, for what takes one: signals, closed output, memory. */
export function commandProcess(
  args: readonly string[],
  { env, folder = emptyFolder(), begun }: ProcessOptions = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [built('main.js'), ...args], {
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
