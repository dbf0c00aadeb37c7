/** Where a run's output goes, and how: verdicts to standard output, everything else beside them. */

import type { Exchange } from '../fixtures/exchange.js';
import type { Progress } from '../judge/progress.js';
import { tellGitHub } from '../reports/github.js';
import { closing, type Directions, type Screen, summary } from '../reports/terminal.js';
import { exchangeLine } from '../reports/terminal-exchange.js';
import type { Verdict } from '../reports/verdict.js';
import { progressOn } from './progress.js';

export interface OutputFlags {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly json: boolean;
}

/** While a run is under way. */
export interface LiveOutput {
  readonly onProgress?: (progress: Progress) => void;
  readonly onExchange?: (exchange: Exchange, mask: (text: string) => string) => void;
  /** Takes away what does not stay; calling it again does nothing. */
  end(): void;
}

export function liveOutput({ quiet, verbose }: OutputFlags): LiveOutput {
  if (verbose) {
    const { colours } = screenOf(process.stderr, process.env);
    const onExchange: LiveOutput['onExchange'] = (exchange, mask) =>
      void process.stderr.write(`${exchangeLine(exchange, mask, colours)}\n`);
    return { onExchange, end: () => {} };
  }
  if (quiet) return { end: () => {} };
  const line = progressOn(process.stderr);
  return { onProgress: (told) => line.tell(told), end: () => line.end() };
}

/** Tells how it ended: to the person, to the program that reads standard output, and to GitHub Actions. */
export function tellVerdict(verdict: Verdict, directions: Directions, { quiet, json }: OutputFlags): void {
  const stream = json ? process.stderr : process.stdout;
  const screen = screenOf(stream, process.env);
  stream.write(quiet ? closing(verdict, directions, screen) : summary(verdict, screen, directions));
  if (json) process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
  tellGitHub(verdict, process.env, (text) => void process.stderr.write(text));
}

const NARROWEST = 60;
const WIDEST = 120;
/** In a file or a log. */
const USUAL = 100;

/** Colours as https://no-color.org and FORCE_COLOR ask for; without either, where a terminal shows them. */
export function screenOf(
  { isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>,
  { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv,
): Screen {
  const forced = FORCE_COLOR ? FORCE_COLOR !== '0' && FORCE_COLOR !== 'false' : null;
  return {
    width: Math.min(WIDEST, Math.max(NARROWEST, columns || USUAL)),
    colours: !NO_COLOR && (forced ?? (isTTY === true && TERM !== 'dumb')),
  };
}
