/** The command `compare`: what two runs disagree on, each of them done before or now. */

import { existsSync } from 'node:fs';
import type { Depth } from '../fixtures/depth.js';
import { CONCURRENCY, randomSeed, TIMEOUT_MS } from '../judge/defaults.js';
import { judge } from '../judge/judge.js';
import { compareVerdicts } from '../reports/comparison.js';
import { comparisonAsJson, comparisonAsMarkdown, comparisonAsText } from '../reports/comparison-words.js';
import { readVerdict } from '../reports/read-verdict.js';
import type { Verdict } from '../reports/verdict.js';
import { loadContract } from '../spec/contract.js';
import { UserError } from '../spec/errors.js';
import { chosenTarget } from './chosen-target.js';
import { type Configuration, readConfiguration } from './configuration.js';
import { interruptions } from './interruption.js';
import { liveOutput, screenOf } from './output.js';
import { announcement } from './run.js';

export interface CompareFlags {
  readonly depth?: Depth;
  readonly seed?: number;
  readonly config?: string;
  readonly iOwnThisTarget?: boolean;
  readonly ca?: string;
  readonly insecure?: boolean;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

const DIFFERENT = 1;

/**
 * @param placeA a report directory, a verdict file, a URL, or the name of a target in the configuration
 * @returns the exit status
 * @throws UserError where they cannot be compared
 */
export async function compare(placeA: string, placeB: string, flags: CompareFlags): Promise<number> {
  const configuration = readConfiguration(flags.config);
  const read = [placeA, placeB].map((place) => (existsSync(place) ? readVerdict(place) : null));
  if (read[0] === null) assertTarget('A', placeA, configuration);
  if (read[1] === null) assertTarget('B', placeB, configuration);
  const done = read.find((verdict) => verdict !== null);
  if (done !== undefined && flags.seed !== undefined && flags.seed !== done.seed)
    throw new UserError(
      `The verdict was judged with the seed ${done.seed}, and another asks other questions.`,
      'Leave --seed out, or judge both now.',
    );
  const questions = {
    depth: flags.depth ?? done?.depth ?? 'standard',
    seed: flags.seed ?? done?.seed ?? randomSeed(),
  };
  const signal = interruptions();
  const judged = (place: string) => judgedNow(place, { ...flags, ...questions }, configuration, signal);
  const a = read[0] ?? (await judged(placeA));
  if (isInterrupted(a)) return a.exitCode;
  const b = read[1] ?? (await judged(placeB));
  if (isInterrupted(b)) return b.exitCode;
  const comparison = compareVerdicts(a, b);
  if (flags.json) process.stdout.write(comparisonAsJson(comparison));
  else if (flags.markdown) process.stdout.write(comparisonAsMarkdown(comparison));
  else process.stdout.write(comparisonAsText(comparison, screenOf(process.stdout, process.env)));
  return comparison.same ? 0 : DIFFERENT;
}

/** What was given is not repeated: a URL without its scheme may hold a password. */
function assertTarget(name: string, place: string, { values }: Configuration): void {
  if (/^[a-z][a-z+.-]*:\/\//i.test(place) || Object.hasOwn(values.targets ?? {}, place)) return;
  throw new UserError(
    `${name} is neither a report directory nor a verdict file, nor a URL or a configured target.`,
    'Name what a run has written, or a target to judge now.',
  );
}

const isInterrupted = ({ exitCode }: Verdict): boolean => exitCode > 2;

async function judgedNow(
  place: string,
  flags: CompareFlags & { readonly depth: Depth; readonly seed: number },
  configuration: Configuration,
  signal: AbortSignal,
): Promise<Verdict> {
  const { timeout = TIMEOUT_MS, concurrency = CONCURRENCY, rate = null, contract } = configuration.values;
  const { target, close } = await chosenTarget({ ...flags, target: place }, signal, configuration);
  process.stderr.write(announcement(target, flags));
  const { end, ...live } = liveOutput({ quiet: false, verbose: false, json: false });
  const { depth, seed } = flags;
  const options = { target, contract: loadContract(contract), depth, seed, concurrency, rate, signal };
  try {
    return await judge({ ...options, timeoutMs: timeout, strict: false, only: [], replay: null, ...live });
  } finally {
    end();
    await close();
  }
}
