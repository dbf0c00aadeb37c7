/** Replay strings: which case to tell again, with which seed, and of a property which example. */

import type { Origin } from '../fixtures/ledger.js';
import type { Counterexample } from '../fixtures/property.js';
import { UserError } from '../spec/errors.js';

export interface Replay {
  readonly caseName: string;
  readonly seed: number;
  /** Null where the whole case is told. */
  readonly counterexample: Counterexample | null;
}

/** @example `cancel.twice@1234`, for a property `id.malformed of any form@1234@-77:3:0:1`, with commands `@AE:C` behind it */
export function replayString(seed: number, { caseName, path }: Origin): string {
  return path === null ? `${caseName}@${seed}` : `${caseName}@${seed}@${path}`;
}

/** @throws UserError where the string is none of a finding */
export function parseReplay(text: string): Replay {
  const match = /^([^@]+)@(-?\d+)(?:@(-?\d+):([\d:]*)(?:@([\w+/=:-]+))?)?$/.exec(text.trim());
  const [, caseName, seed, laneSeed, path, replayPath = ''] = match ?? [];
  if (caseName === undefined || seed === undefined) {
    throw new UserError(
      `"${text}" is no replay string.`,
      'Copy the one that verdict.json or the summary gives with the finding.',
    );
  }
  const counterexample =
    laneSeed === undefined || path === undefined ? null : { seed: Number(laneSeed), path, replayPath };
  return { caseName, seed: Number(seed), counterexample };
}
