/** The target that flag and environment choose: a service of the user's, or the embedded mock. */

import type { Target } from '../fixtures/target.js';
import { readEnvironment } from './environment.js';
import { foreignTarget } from './foreign-target.js';
import { targetUrl } from './target-url.js';

export interface ChosenTarget {
  readonly target: Target;
  /** Ends what was started for it. */
  close(): Promise<void>;
}

/**
 * @param flag the checked value of `--target`; the environment decides where it is left out
 * @throws UserError where the environment is not enough to reach the target
 */
export async function chosenTarget(flag: string | undefined, signal: AbortSignal): Promise<ChosenTarget> {
  const environment = readEnvironment();
  const variable = environment.get('CONFORMANCE_TARGET');
  const url = flag ?? (variable === null ? null : targetUrl(variable, 'CONFORMANCE_TARGET'));
  if (url !== null) return { target: foreignTarget(url, environment, signal), close: async () => {} };
  const { startEmbeddedTarget } = await import('./embedded-target.js');
  return startEmbeddedTarget();
}
