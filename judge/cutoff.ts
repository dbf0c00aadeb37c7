/** What ends a run before its last case: an interruption, or the time that the user gave it. */

import { BrokeOff } from '../fixtures/stops.js';

export class Cutoff {
  /** Rejected with a BrokeOff, which says why. */
  readonly reached: Promise<never>;
  readonly #over = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #outOfTime = false;

  constructor(signal: AbortSignal | undefined, maxDurationMs: number | undefined) {
    this.reached = new Promise<never>((_, reject) => {
      const interrupt = () => reject(new BrokeOff('It was interrupted.'));
      if (signal?.aborted) interrupt();
      signal?.addEventListener('abort', interrupt, { once: true, signal: this.#over.signal });
      if (maxDurationMs === undefined) return;
      this.#timer = setTimeout(() => {
        this.#outOfTime = true;
        reject(new BrokeOff(`It reached --max-duration (${maxDurationMs / 1000} s).`));
      }, maxDurationMs);
    });
    // Nobody need wait for it.
    this.reached.catch(() => {});
  }

  get outOfTime(): boolean {
    return this.#outOfTime;
  }

  /** From now on it is not reached any more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#over.abort();
  }
}
