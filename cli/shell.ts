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
export type Ending =
  | { readonly kind: 'exited'; readonly exitStatus: number; readonly output: string }
  | { readonly kind: 'not-run'; readonly reason: string }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'too-much' }
  | { readonly kind: 'aborted' };

/** Standard error is not read: it may hold secrets, and a person who tries the command by hand sees it. */
export function runInShell(
  command: string,
  input: string,
  { env, signal, limits }: ShellOptions,
): Promise<Ending> {
  const child = spawn(command, { shell: true, detached: true, env, stdio: ['pipe', 'pipe', 'ignore'] });
  return new Promise((resolve) => {
    const end = (ending: Ending) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      resolve(ending);
    };
    const stop = (ending: Ending) => {
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
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
