/** Running a command line through the system's shell, within limits of time and output. */

import { type ChildProcess, spawn } from 'node:child_process';

export interface ShellLimits {
  readonly milliseconds: number;
  /** Of standard output. */
  readonly bytes: number;
}

export interface ShellOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly limits: ShellLimits;
}

/** How a command ended: by itself, not begun at all, or killed. */
export type Ending = Ended & {
  /** The end of what it wrote to standard error. */
  readonly complaint: string;
};

type Ended =
  | { readonly kind: 'exited'; readonly exitStatus: number; readonly output: string }
  | { readonly kind: 'not-run'; readonly reason: string }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'too-much' }
  | { readonly kind: 'aborted' };

/** Bytes of standard error. */
const LONGEST_COMPLAINT = 1000;

export function runInShell(
  command: string,
  input: string,
  { env, signal, limits }: ShellOptions,
): Promise<Ending> {
  const child = spawn(command, { shell: true, detached: true, env, stdio: 'pipe' });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(-LONGEST_COMPLAINT);
  });
  return new Promise((resolve) => {
    const end = (ending: Ended) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      resolve({ ...ending, complaint: complaint.trim() });
    };
    const stop = (ending: Ended) => {
      killGroup(child);
      end(ending);
    };
    const abort = () => stop({ kind: 'aborted' });
    const timer = setTimeout(() => stop({ kind: 'too-long' }), limits.milliseconds);
    signal.addEventListener('abort', abort);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (sizeOf(chunks) > limits.bytes) stop({ kind: 'too-much' });
    });
    child.once('error', ({ message }) => end({ kind: 'not-run', reason: message }));
    child.once('close', (code, killer) => {
      if (code === null) end({ kind: 'not-run', reason: `ended by ${killer}` });
      else end({ kind: 'exited', exitStatus: code, output: Buffer.concat(chunks).toString('utf8') });
    });
    // a command need not read what it is asked
    child.stdin.on('error', () => {});
    child.stdin.end(`${input}\n`);
    if (signal.aborted) abort();
  });
}

function sizeOf(chunks: readonly Buffer[]): number {
  return chunks.reduce((size, { length }) => size + length, 0);
}

/** The command leads a process group, so that what it started ends with it. */
function killGroup(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
