/** The command `run`: judges a target, shows progress, writes the verdict and its summary. */

import { randomInt } from 'node:crypto';
import { type Depth, plans } from '../fixtures/depth.js';
import type { Target } from '../fixtures/target.js';
import { unfinishedVerdict } from '../judge/conclusion.js';
import { type JudgeOptions, judge } from '../judge/judge.js';
import { ReportDirectory } from '../reports/report-directory.js';
import { summary } from '../reports/terminal.js';
import { quoted } from '../reports/terminal-text.js';
import type { Verdict } from '../reports/verdict.js';
import { type Contract, loadContract } from '../spec/contract.js';
import { UserError } from '../spec/errors.js';
import { chosenTarget } from './chosen-target.js';
import { readConfiguration } from './configuration.js';
import { readEnvironment } from './environment.js';
import { explanation } from './explanation.js';
import { interruptions } from './interruption.js';
import { settingsInForce } from './print-config.js';
import { progressOn } from './progress.js';
import { assertSelection } from './selection.js';
import { settled } from './settings.js';
import { readWaivers } from './waivers-file.js';

export interface RunFlags {
  readonly target?: string;
  readonly depth: Depth;
  readonly seed?: number;
  readonly reportDir: string;
  readonly strict: boolean;
  readonly only: readonly string[];
  readonly timeout: number;
  readonly concurrency: number;
  readonly rate?: number;
  readonly contract?: string;
  readonly replay?: string;
  readonly config?: string;
  readonly printConfig: boolean;
  readonly iOwnThisTarget?: boolean;
  readonly ca?: string;
  readonly insecure?: boolean;
}

/** Seeds that people can read out to each other. */
const LARGEST_RANDOM_SEED = 1_000_000;

/** It could not be judged. */
const NOT_JUDGED = 2;

/**
 * @param isGiven whether the command line has the flag
 * @returns the exit status
 * @throws UserError where the run cannot begin, or cannot go on
 */
export async function run(asked: RunFlags, isGiven: (name: string) => boolean): Promise<number> {
  const configuration = readConfiguration(asked.config);
  const inForce = settled(asked, isGiven, configuration);
  const { flags } = inForce;
  if (flags.printConfig) {
    process.stdout.write(settingsInForce(inForce, configuration, readEnvironment()));
    return 0;
  }
  const contract = loadContract(flags.contract);
  await assertSelection(flags.only, flags.replay ?? null);
  const waivers = readWaivers(configuration);
  const signal = interruptions();
  const { target, close } = await chosenTarget(flags, signal, configuration);
  try {
    const options = { ...optionsOf(flags, target, contract, signal), waivers };
    const unfinished = unfinishedVerdict(options);
    const directory = await ReportDirectory.open(flags.reportDir, unfinished);
    try {
      if (!target.embedded) process.stderr.write(announcement(target, flags.depth));
      const verdict = await judged(options, unfinished, directory);
      return await conclude(verdict, directory, sameAgain(flags, target));
    } finally {
      directory.close();
    }
  } finally {
    await close();
  }
}

function optionsOf(flags: RunFlags, target: Target, contract: Contract, signal: AbortSignal): JudgeOptions {
  const { depth, strict, only, concurrency, timeout } = flags;
  const { seed = randomInt(LARGEST_RANDOM_SEED), rate = null, replay = null } = flags;
  return {
    target,
    contract,
    depth,
    seed,
    strict,
    only,
    concurrency,
    timeoutMs: timeout,
    rate,
    replay,
    signal,
  };
}

/** Cancelling may end real payments, so that it is said before it begins. */
function announcement({ url }: Target, depth: Depth): string {
  const { maxSessions } = plans[depth];
  return `Makes at most ${maxSessions} sessions at ${url} (depth ${depth}), and cancels each.\n`;
}

/** A run that fails leaves a verdict behind that says why. */
async function judged(
  options: JudgeOptions,
  unfinished: Verdict,
  directory: ReportDirectory,
): Promise<Verdict> {
  const progress = progressOn(process.stderr);
  try {
    return await judge({ ...options, onProgress: (told) => progress.tell(told) });
  } catch (error) {
    const finishedAt = new Date().toISOString();
    await directory.write({ ...unfinished, reason: explanation(error), finishedAt });
    throw error;
  } finally {
    progress.end();
  }
}

/** The summary is printed even where the verdict cannot be written. */
async function conclude(verdict: Verdict, directory: ReportDirectory, again: string): Promise<number> {
  let problem: UserError | null = null;
  try {
    await directory.write(verdict);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problem = error;
  }
  const colours = process.stdout.isTTY === true && !process.env['NO_COLOR'];
  const width = Math.min(120, Math.max(60, process.stdout.columns ?? 100));
  const verdictFile = problem === null ? directory.verdictFile : null;
  process.stdout.write(summary(verdict, { width, colours }, { verdictFile, again }));
  if (problem === null) return verdict.exitCode;
  process.stderr.write(`cancel-conformance: ${explanation(problem)}\n`);
  return NOT_JUDGED;
}

/** The command line that asks the same target in the same way; a replay brings its own seed. */
function sameAgain(asked: RunFlags, { embedded, url }: Target): string {
  const { depth, contract, timeout, target, config, iOwnThisTarget, ca, insecure } = asked;
  const flags = [
    ...(embedded ? [] : ['--target', target ?? url]),
    ...(config === undefined ? [] : ['--config', config]),
    ...(iOwnThisTarget ? ['--i-own-this-target'] : []),
    ...(ca === undefined ? [] : ['--ca', ca]),
    ...(insecure ? ['--insecure'] : []),
    ...(depth === 'standard' ? [] : ['--depth', depth]),
    ...(contract === undefined ? [] : ['--contract', contract]),
    ...(timeout === 10_000 ? [] : ['--timeout', String(timeout)]),
  ];
  return ['cancel-conformance', 'run', ...flags.map(quoted)].join(' ');
}
