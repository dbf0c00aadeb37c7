/** Judges a hostile target with little patience, and shows all that would leave the process. */

import type { Target } from '../../fixtures/target.js';
import { judge } from '../../judge/judge.js';
import { summary } from '../../reports/terminal.js';
import type { Verdict } from '../../reports/verdict.js';
import { loadContract } from '../../spec/contract.js';

export interface Judged {
  readonly verdict: Verdict;
  /** As it would stand on a terminal. */
  readonly terminal: string;
  /** As it would stand in `verdict.json`. */
  readonly json: string;
  readonly durationMs: number;
  readonly timeoutMs: number;
}

export interface Asking {
  /** As `--only`. */
  readonly only: readonly string[];
  readonly timeoutMs: number;
}

const contract = loadContract();

export async function judged(
  { url, credentials }: Pick<Target, 'url' | 'credentials'>,
  { only, timeoutMs }: Asking,
): Promise<Judged> {
  const begun = performance.now();
  const verdict = await judge({
    target: { url, embedded: false, credentials, accessToken: null, clientId: null, supply: null },
    contract,
    depth: 'smoke',
    seed: 5,
    strict: false,
    only,
    timeoutMs,
    concurrency: 16,
    rate: null,
    replay: null,
  });
  return {
    verdict,
    terminal: summary(verdict, { width: 100, colours: false }, { folder: null, again: 'again' }),
    json: JSON.stringify(verdict),
    durationMs: performance.now() - begun,
    timeoutMs,
  };
}
