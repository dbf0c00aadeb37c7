/** The command line that judges the same target in the same way, for a shell. */

import { plain, quoted } from './plain-text.js';
import type { Verdict } from './verdict.js';

/** @param replay a finding's replay string, to ask again only what led to it; none where it is empty */
export function commandLine({ again, target, depth, strict }: Verdict, replay: string | null): string {
  const line =
    again ??
    [
      'cancel-conformance run',
      ...(target.embedded ? [] : [`--target ${quoted(plain(target.url))}`]),
      ...(depth === 'standard' ? [] : [`--depth ${depth}`]),
      ...(strict ? ['--strict'] : []),
    ].join(' ');
  return replay === null || replay === '' ? plain(line) : `${plain(line)} --replay ${quoted(plain(replay))}`;
}
