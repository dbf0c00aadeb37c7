/** A step of `doctor`: what it showed, and what to do about it. */

export interface Step {
  readonly name: string;
  /** `note` where it is worth knowing, and nothing is wrong. */
  readonly status: 'ok' | 'note' | 'failed';
  readonly text: string;
  /** What to do; null where there is nothing. */
  readonly advice: string | null;
}

/** Takes what a step showed. */
export type Tell = (name: string, status: Step['status'], text: string, advice?: string) => void;
