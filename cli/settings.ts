/** The settings in force: those of flags, below them those of the configuration, below them defaults. */

import type { Configuration, ConfigurationValues } from './configuration.js';
import type { RunFlags } from './run-flags.js';

/** Settings that the configuration may hold too. */
export const CONFIGURABLE = [
  'depth',
  'strict',
  'timeout',
  'concurrency',
  'rate',
  'reportDir',
  'contract',
] as const satisfies readonly (keyof RunFlags & keyof ConfigurationValues)[];

export interface Settled {
  readonly flags: RunFlags;
  /** Where the value of a setting comes from, in words. */
  sourceOf(name: keyof RunFlags): string;
}

/** @param isGiven whether the command line has the flag; where not, its value is the default */
export function settled(
  flags: RunFlags,
  isGiven: (name: string) => boolean,
  { file, values }: Configuration,
): Settled {
  const configured = CONFIGURABLE.filter((name) => !isGiven(name) && values[name] !== undefined);
  return {
    flags: { ...flags, ...Object.fromEntries(configured.map((name) => [name, values[name]])) },
    sourceOf(name) {
      if (isGiven(name)) return 'flag';
      return configured.some((one) => one === name) ? String(file) : 'default';
    },
  };
}
