/** SIGINT and SIGTERM: the first ends the run in order, a second at once. */

import { INTERRUPTED } from '../judge/exit-status.js';
import type { Interruption } from '../judge/judge.js';

/** @returns a signal that is aborted with an {@link Interruption} */
export function interruptions(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(INTERRUPTED[signal]);
      process.stderr.write('Interrupted: cleaning up. Interrupt again to end at once.\n');
      const interruption: Interruption = { signal };
      controller.abort(interruption);
    });
  }
  return controller.signal;
}
