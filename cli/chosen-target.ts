/** The target that flag, environment and configuration choose: a service of the user's, or the embedded mock. */

import type { Target } from '../fixtures/target.js';
import { UserError } from '../spec/errors.js';
import { nearest } from '../spec/nearest.js';
import { type Configuration, type NamedTarget, readConfiguration } from './configuration.js';
import { type ConnectionFlags, connectionTo } from './connection.js';
import { type Environment, readEnvironment } from './environment.js';
import { foreignTarget } from './foreign-target.js';
import { assertOwned } from './owned.js';
import { targetUrl } from './target-url.js';

export interface ChosenTarget {
  readonly target: Target;
  /** Ends what was started for it. */
  close(): Promise<void>;
}

export interface TargetFlags extends ConnectionFlags {
  readonly target?: string;
  readonly iOwnThisTarget?: boolean;
}

/**
 * @param signal ends what is under way for it
 * @throws UserError where the environment is not enough to reach the target, or it may not be judged
 */
export async function chosenTarget(
  flags: TargetFlags,
  signal: AbortSignal,
  configuration: Configuration = readConfiguration(undefined),
): Promise<ChosenTarget> {
  const environment = readEnvironment();
  const named = namedTarget(flags.target, environment, configuration);
  if (named !== null) {
    const { url, ...rest } = named;
    assertOwned(url, configuration, flags.iOwnThisTarget ?? false);
    const connection = connectionTo(url, rest, flags, environment);
    return {
      target: foreignTarget({ url, named: rest, connection }, environment, signal),
      close: async () => {},
    };
  }
  const { startEmbeddedTarget } = await import('./embedded-target.js');
  return startEmbeddedTarget();
}

/** What chose the target, and the name or the URL that it gave; null for the embedded mock. */
export function choice(
  flag: string | undefined,
  environment: Environment,
  { file, values }: Configuration,
): { text: string; from: string } | null {
  if (flag !== undefined) return { text: flag, from: '--target' };
  const variable = environment.get('CONFORMANCE_TARGET');
  if (variable !== null) return { text: variable, from: 'CONFORMANCE_TARGET' };
  return values.target === undefined ? null : { text: values.target, from: `target in ${file}` };
}

/** The target by its URL, with what the configuration says of it; null for the embedded mock. */
export function namedTarget(
  flag: string | undefined,
  environment: Environment,
  configuration: Configuration,
): NamedTarget | null {
  const chosen = choice(flag, environment, configuration);
  if (chosen === null) return null;
  const { file, values } = configuration;
  const targets = values.targets ?? {};
  const { text, from } = chosen;
  if (Object.hasOwn(targets, text)) {
    const named = targets[text];
    if (named !== undefined) return { ...named, url: targetUrl(named.url, `url of ${text} in ${file}`) };
  }
  const names = Object.keys(targets);
  if (/^[\w-]+$/.test(text) && names.length > 0)
    throw new UserError(
      `${file} has no target that is named "${text}".`,
      `Did you mean ${nearest(text, names)}?`,
    );
  return { url: targetUrl(text, from) };
}
