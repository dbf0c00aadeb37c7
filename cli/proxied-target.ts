/** What a proxy stands before: a target of the user's, or a mock of its own for each run. */

import type { Target } from '../fixtures/target.js';
import { namedTarget, type TargetFlags } from './chosen-target.js';
import type { Configuration } from './configuration.js';
import { connectionTo } from './connection.js';
import type { Environment } from './environment.js';
import { assertOwned } from './owned.js';

export interface ProxiedTarget {
  readonly target: Target;
  /** Passwords that a client may hold. */
  readonly passwords: readonly string[];
}

/**
 * @returns null for the embedded mock
 * @throws UserError where there is no way to the target, or it may not be judged
 */
export function proxiedTarget(
  flags: TargetFlags,
  environment: Environment,
  configuration: Configuration,
): ProxiedTarget | null {
  const named = namedTarget(flags.target, environment, configuration);
  if (named === null) return null;
  const { url, ...rest } = named;
  assertOwned(url, configuration, flags.iOwnThisTarget ?? false);
  const { credentials: variables = {} } = rest;
  const passwords = [
    variables.password ?? 'CONFORMANCE_PASSWORD',
    variables.otherPassword ?? 'CONFORMANCE_OTHER_PASSWORD',
  ];
  return {
    target: {
      url,
      embedded: false,
      // The client brings its own; the proxy asks for nothing itself.
      credentials: {},
      accessToken: environment.get(variables.accessToken ?? 'CONFORMANCE_ACCESS_TOKEN'),
      clientId: null,
      supply: null,
      connection: connectionTo(url, rest, flags, environment),
    },
    passwords: passwords.flatMap((name) => environment.get(name) ?? []),
  };
}
