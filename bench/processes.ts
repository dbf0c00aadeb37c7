/** Processes that a measure takes: each tells what it measured as one line of JSON. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../spec/package-root.js';

const MAIN = join(packageRoot, 'dist', 'cli', 'main.js');

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

interface ServeOptions {
  readonly latencyMs?: number;
  readonly fault?: string;
}

/** The embedded mock in a process of its own, so that it takes no time of the one that is measured. */
export function serveMock({ latencyMs = 0, fault }: ServeOptions = {}): Promise<Served> {
  const faulty = fault === undefined ? [] : ['--fault', fault];
  return serve([MAIN, 'mock', '--port', '0', '--latency', String(latencyMs), ...faulty], 'stdout');
}

/** A proxy before a target; what goes through is judged when it ends, in a folder of its own. */
export function serveProxy(target: string): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'cancel-conformance-bench-'));
  return serve([MAIN, 'proxy', '--target', target, '--quiet', '--report-dir', folder], 'stderr');
}

/** A proxy that records and judges nothing. */
export function serveBareProxy(target: string): Promise<Served> {
  return serve(['--import', 'tsx', join(packageRoot, 'bench', 'bare-proxy.ts'), target], 'stderr');
}

/** @param tells the stream on which it says where it listens */
async function serve(args: readonly string[], tells: 'stdout' | 'stderr'): Promise<Served> {
  const child = spawn(process.execPath, args, { cwd: packageRoot, stdio: ['ignore', 'pipe', 'pipe'] });
  for await (const line of createInterface(child[tells])) {
    const url = /listens on (http[^\s;]+)/.exec(line)?.[1];
    if (url !== undefined) return { url, close: () => end(child) };
  }
  throw new Error(`${args.join(' ')} did not start; npm run build makes what it takes.`);
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/**
 * Runs a script of this folder, and hands back what its last line says.
 *
 * @param script such as `judged-run.ts`
 */
export async function measured(script: string, asked: object): Promise<Measured> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(packageRoot, 'bench', script), JSON.stringify(asked)],
    { cwd: packageRoot, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let last = '';
  for await (const line of createInterface(child.stdout)) last = line;
  const told: unknown = JSON.parse(last || 'null');
  if (!isMeasured(told)) throw new Error(`${script} measured nothing.`);
  return told;
}

export interface Measured {
  readonly exchanges: number;
  readonly seconds: number;
  /** The most that the process had in memory, in megabytes. */
  readonly megabytes: number;
}

function isMeasured(value: unknown): value is Measured {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['exchanges', 'seconds', 'megabytes'].every((name) => typeof Reflect.get(value, name) === 'number')
  );
}

/** Seconds that a command takes as a whole process, from its start to its end. */
export async function secondsOf(args: readonly string[], cwd: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' });
  const [status]: unknown[] = await once(child, 'exit');
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${String(status)}.`);
  return (performance.now() - start) / 1000;
}
