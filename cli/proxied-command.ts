/** A client's own command, run with the proxy in its environment. */

import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { systemCode, UserError } from '../spec/errors.js';

export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv;
  /** What it writes to standard output goes to standard error. */
  readonly aside: boolean;
  /** Aborted with an interruption as reason, which is handed on. */
  readonly signal: AbortSignal;
  /** Milliseconds behind which it is ended; null for no limit. */
  readonly limitMs: number | null;
}

export interface CommandEnd {
  /** As a shell tells it: 128 and the signal's number where one ended it. */
  readonly status: number;
  /** Whether it ended by itself, and not for its time. */
  readonly inTime: boolean;
}

/** A terminal has told the command of an interruption already; another way may not have. */
const BEFORE_HANDING_ON_MS = 500;
const BEFORE_KILLING_MS = 4000;

/** @throws UserError where it cannot be started */
export function runCommand(words: readonly string[], options: CommandOptions): Promise<CommandEnd> {
  const [file = '', ...args] = words;
  const { env, aside, signal, limitMs } = options;
  const child = spawn(file, args, { env, stdio: ['inherit', aside ? 2 : 'inherit', 'inherit'] });
  return new Promise((resolve, reject) => {
    let inTime = true;
    const timers = new Set<NodeJS.Timeout>();
    const later = (milliseconds: number, what: () => void) => timers.add(setTimeout(what, milliseconds));
    const interrupt = () => {
      later(BEFORE_HANDING_ON_MS, () => child.kill('SIGTERM'));
      later(BEFORE_KILLING_MS, () => child.kill('SIGKILL'));
    };
    signal.addEventListener('abort', interrupt, { once: true });
    if (limitMs !== null)
      later(limitMs, () => {
        inTime = false;
        child.kill('SIGTERM');
        later(BEFORE_KILLING_MS, () => child.kill('SIGKILL'));
      });
    const end = () => {
      for (const timer of timers) clearTimeout(timer);
      signal.removeEventListener('abort', interrupt);
    };
    child.once('error', (error) => {
      end();
      reject(notStarted(file, error));
    });
    child.once('exit', (code, killer) => {
      end();
      resolve({ status: statusOf(code, killer), inTime });
    });
  });
}

function statusOf(code: ChildProcess['exitCode'], killer: NodeJS.Signals | null): number {
  return code ?? 128 + (killer === null ? 0 : constants.signals[killer]);
}

function notStarted(file: string, error: Error): UserError {
  const code = systemCode(error);
  return new UserError(
    `The command ${JSON.stringify(file)} cannot be started (${code}).`,
    'Give the command after --, as in: cancel-conformance proxy -- npm test',
  );
}
