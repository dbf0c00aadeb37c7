/** The command line that asks the same target in the same way, for a shell. */

import { quoted } from '../reports/plain-text.js';
import type { TargetFlags } from './chosen-target.js';

interface Flags extends TargetFlags {
  readonly config?: string;
  readonly strict: boolean;
}

/**
 * @param others words of the command's own, behind those that say which target and how to get there
 * @returns the words, quoted
 */
export function sameAgain(
  command: 'run' | 'proxy',
  { target, config, iOwnThisTarget, ca, insecure, strict }: Flags,
  others: readonly string[],
): string {
  const words = [
    ...(target === undefined ? [] : ['--target', target]),
    ...(config === undefined ? [] : ['--config', config]),
    ...(iOwnThisTarget ? ['--i-own-this-target'] : []),
    ...(ca === undefined ? [] : ['--ca', ca]),
    ...(insecure ? ['--insecure'] : []),
    ...(strict ? ['--strict'] : []),
    ...others,
  ];
  return ['cancel-conformance', command, ...words.map(quoted)].join(' ');
}
