/** Whether a target may be judged: cancelling ends real payments, so that a host must be known to be there for it. */

import { UserError } from '../spec/errors.js';
import type { Configuration } from './configuration.js';

/**
 * A host on loopback is taken for a mock, and one that the configuration lists for a sandbox.
 *
 * @param owned the user says so
 * @throws UserError
 */
export function assertOwned(url: string, { values }: Configuration, owned: boolean): void {
  const { hostname } = new URL(url);
  const listed = Object.values(values.targets ?? {}).some(
    (target) => URL.canParse(target.url) && new URL(target.url).hostname === hostname,
  );
  if (owned || listed || isOnLoopback(url)) return;
  throw new UserError(
    `A run makes sessions at ${hostname} and cancels them, which ends real payments where it is no sandbox.`,
    'Say that you may with --i-own-this-target, or list it under targets in conformance.config.yaml.',
  );
}

export function isOnLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
