/** The command `run`: judges a target, shows progress, writes the verdict and its summary. */

import { randomInt } from 'node:crypto';
import { plans } from '../fixtures/depth.js';
import type { Target } from '../fixtures/target.js';
import { unfinishedVerdict } from '../judge/conclusion.js';
import { type JudgeOptions, judge } from '../judge/judge.js';
import { commandLine } from '../reports/again.js';
import { quotationsFor } from '../reports/quotations.js';
import { ReportDirectory } from '../reports/report-directory.js';
import { harFile, rendered, verdictFile } from '../reports/report-files.js';
import type { RecordedExchange } from '../reports/shown.js';
import { quoted } from '../reports/terminal-text.js';
import type { Verdict } from '../reports/verdict.js';
import { type Contract, loadContract } from '../spec/contract.js';
import { UserError } from '../spec/errors.js';
import { chosenTarget } from './chosen-target.js';
import { readConfiguration } from './configuration.js';
import { readEnvironment } from './environment.js';
import { explanation } from './explanation.js';
import { interruptions } from './interruption.js';
import { liveOutput, tellVerdict } from './output.js';
import { settingsInForce } from './print-config.js';
import type { RunFlags } from './run-flags.js';
import { assertSelection } from './selection.js';
import { settled } from './settings.js';
import { readWaivers } from './waivers-file.js';

/** Seeds that people can read out to each other. */
export const LARGEST_RANDOM_SEED = 1_000_000;

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
    const directory = await ReportDirectory.open(
      flags.reportDir,
      new Map([...rendered(unfinished), ...harFile([])]),
    );
    try {
      if (!target.embedded) process.stderr.write(announcement(target, options));
      return await conclude(await judged(options, unfinished, directory, flags), directory, flags, contract);
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
  const { runs, maxSessions, maxDuration } = flags;
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
    ...(runs !== undefined && { runs }),
    ...(maxSessions !== undefined && { maxSessions }),
    ...(maxDuration !== undefined && { maxDurationMs: maxDuration * 1000 }),
    signal,
  };
}

/** Cancelling may end real payments, so that it is said before it begins. */
export function announcement(
  { url }: Target,
  { depth, maxSessions = plans[depth].maxSessions }: Pick<JudgeOptions, 'depth' | 'maxSessions'>,
): string {
  return `Makes at most ${maxSessions} sessions at ${url} (depth ${depth}), and cancels each.\n`;
}

interface Judged {
  readonly verdict: Verdict;
  /** Some of the exchanges, for a record. */
  readonly exchanges: readonly RecordedExchange[];
}

/** A run that fails leaves a verdict behind that says why. */
async function judged(
  options: JudgeOptions,
  unfinished: Verdict,
  directory: ReportDirectory,
  flags: RunFlags,
): Promise<Judged> {
  const { end, ...live } = liveOutput(flags);
  let exchanges: readonly RecordedExchange[] = [];
  const onRecorded = (recorded: readonly RecordedExchange[]) => {
    exchanges = recorded;
  };
  try {
    const verdict = await judge({ ...options, ...live, onRecorded });
    return { verdict: { ...verdict, again: sameAgain(flags, options.target) }, exchanges };
  } catch (error) {
    const finishedAt = new Date().toISOString();
    await directory.write(rendered({ ...unfinished, reason: explanation(error), finishedAt }));
    throw error;
  } finally {
    end();
  }
}

/** The verdict is told even where it cannot be written. */
async function conclude(
  { verdict, exchanges }: Judged,
  directory: ReportDirectory,
  flags: RunFlags,
  contract: Contract,
): Promise<number> {
  let problem: UserError | null = null;
  try {
    await directory.write(verdictFile(verdict));
    const quote = quotationsFor(contract.sha256, contract.file);
    await directory.write(new Map([...rendered(verdict, { quote }), ...harFile(exchanges)]));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problem = error;
  }
  const folder = problem === null ? directory.folder : null;
  tellVerdict(verdict, { folder, again: commandLine(verdict, null) }, flags);
  if (problem === null) return verdict.exitCode;
  process.stderr.write(`cancel-conformance: ${explanation(problem)}\n`);
  return NOT_JUDGED;
}

/** The command line that asks the same target in the same way; a replay brings its own seed. */
function sameAgain(asked: RunFlags, { embedded, url }: Target): string {
  const { depth, contract, maxSessions, timeout, target, config, iOwnThisTarget, ca, insecure } = asked;
  const flags = [
    ...(embedded ? [] : ['--target', target ?? url]),
    ...(config === undefined ? [] : ['--config', config]),
    ...(iOwnThisTarget ? ['--i-own-this-target'] : []),
    ...(ca === undefined ? [] : ['--ca', ca]),
    ...(insecure ? ['--insecure'] : []),
    ...(depth === 'standard' ? [] : ['--depth', depth]),
    ...(contract === undefined ? [] : ['--contract', contract]),
    ...(maxSessions === undefined ? [] : ['--max-sessions', String(maxSessions)]),
    ...(timeout === 10_000 ? [] : ['--timeout', String(timeout)]),
  ];
  return ['cancel-conformance', 'run', ...flags.map(quoted)].join(' ');
}
