/** SIGINT and SIGTERM: the first ends the run in order, a second at once. */

import type { Interruption } from '../judge/judge.js';

/** 128 and the signal's number, as shells have it. */
const EXIT_STATUS = { SIGINT: 130, SIGTERM: 143 } as const;

/** @returns a signal that is aborted with an {@link Interruption} */
export function interruptions(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(EXIT_STATUS[signal]);
      process.stderr.write('Interrupted: cleaning up. Interrupt again to end at once.\n');
      const interruption: Interruption = { signal };
      controller.abort(interruption);
    });
  }
  return controller.signal;
}
