/** How far a run is, told as it goes. */

import type { Run } from '../fixtures/run.js';

export interface Progress {
  readonly casesDone: number;
  readonly cases: number;
  readonly exchanges: number;
  readonly sessions: number;
  /** Requirements broken so far. */
  readonly broken: readonly string[];
  /** What is under way, in a few words. */
  readonly stage: string;
  /** About so long it will take yet; null where there is nothing to go by. */
  readonly secondsLeft: number | null;
}

/** Before that the pace is not known. */
const SOON_SECONDS = 5;

/** What progress tells. */
export class Stage {
  name = 'reaching the target';
  done = 0;
  readonly #begun = performance.now();

  constructor(
    readonly run: Run,
    readonly cases: number,
    /** Whether all cases are told. */
    readonly isWhole: boolean,
    readonly onProgress: ((progress: Progress) => void) | undefined,
  ) {}

  tell(): void {
    this.onProgress?.({
      casesDone: this.done,
      cases: this.cases,
      exchanges: this.run.sender.count,
      sessions: this.run.sessions.made.length,
      broken: this.run.ledger.broken,
      stage: this.name,
      secondsLeft: this.#secondsLeft(),
    });
  }

  /** By what a run of this depth usually asks, at the pace so far. */
  #secondsLeft(): number | null {
    const elapsed = (performance.now() - this.#begun) / 1000;
    const { count } = this.run.sender;
    const toAsk = this.isWhole ? this.run.settings.plan.usualExchanges - count : 0;
    return elapsed < SOON_SECONDS || toAsk <= 0 ? null : (toAsk * elapsed) / count;
  }
}
