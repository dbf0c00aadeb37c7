/** Spreads trials over processes. */

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TrialOrder, TrialResult } from './trial.js';

/** Runs wait more than they compute, so that each process holds two. */
const EACH = 2;

type Reply = { readonly result: TrialResult } | { readonly error: string };

/** @throws Error where the harness itself failed on a subject */
export async function tryAll(
  orders: readonly TrialOrder[],
  processes: number,
  onResult: (result: TrialResult) => void,
): Promise<TrialResult[]> {
  const waiting = [...orders];
  const results: TrialResult[] = [];
  const children = Array.from({ length: processes }, () =>
    fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] }),
  );
  try {
    await Promise.all(children.map((child) => serve(child)));
    return results;
  } finally {
    for (const child of children) child.kill();
  }

  /** Keeps a process busy until nothing waits. */
  function serve(child: ChildProcess): Promise<void> {
    return new Promise((resolve, reject) => {
      let busy = 0;
      const next = () => {
        const order = waiting.shift();
        if (order !== undefined) {
          busy += 1;
          child.send(order);
        } else if (busy === 0) resolve();
      };
      child.on('message', (reply: Reply) => {
        busy -= 1;
        if ('error' in reply) {
          reject(new Error(reply.error));
          return;
        }
        results.push(reply.result);
        onResult(reply.result);
        next();
      });
      child.once('error', reject);
      child.once('exit', (status) => reject(new Error(`A process of the matrix ended with ${status}.`)));
      for (let i = 0; i < EACH; i += 1) next();
    });
  }
}
