/** The command `run`: judges a target, shows progress, writes the verdict and its summary. */

import { plans } from '../fixtures/depth.js';
import type { Target } from '../fixtures/target.js';
import { unfinishedVerdict } from '../judge/conclusion.js';
import { CONCURRENCY, randomSeed, TIMEOUT_MS } from '../judge/defaults.js';
import { type JudgeOptions, judge } from '../judge/judge.js';
import { ReportDirectory } from '../reports/report-directory.js';
import { harFile, rendered } from '../reports/report-files.js';
import type { RecordedExchange } from '../reports/shown.js';
import type { Verdict } from '../reports/verdict.js';
import { type Contract, loadContract } from '../spec/contract.js';
import { chosenTarget } from './chosen-target.js';
import { conclude, type Judged } from './conclude.js';
import { readConfiguration } from './configuration.js';
import { readEnvironment } from './environment.js';
import { explanation } from './explanation.js';
import { interruptions } from './interruption.js';
import { liveOutput } from './output.js';
import { settingsInForce } from './print-config.js';
import type { RunFlags } from './run-flags.js';
import { sameAgain } from './same-again.js';
import { assertSelection } from './selection.js';
import { settled } from './settings.js';
import { readWaivers } from './waivers-file.js';

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
      return await conclude(
        await judged(options, unfinished, directory, flags),
        directory,
        flags,
        contract.file,
      );
    } finally {
      directory.close();
    }
  } finally {
    await close();
  }
}

function optionsOf(flags: RunFlags, target: Target, contract: Contract, signal: AbortSignal): JudgeOptions {
  const { depth, strict, only, concurrency, timeout } = flags;
  const { seed = randomSeed(), rate = null, replay = null } = flags;
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
    return { verdict: { ...verdict, again: againOf(flags, options.target) }, exchanges };
  } catch (error) {
    const finishedAt = new Date().toISOString();
    await directory.write(rendered({ ...unfinished, reason: explanation(error), finishedAt }));
    throw error;
  } finally {
    end();
  }
}

/** A replay brings its own seed. */
function againOf(asked: RunFlags, { embedded, url }: Target): string {
  const { depth, contract, maxSessions, timeout, concurrency, rate } = asked;
  return sameAgain('run', { ...asked, ...(embedded ? {} : { target: asked.target ?? url }) }, [
    ...(depth === 'standard' ? [] : ['--depth', depth]),
    ...(contract === undefined ? [] : ['--contract', contract]),
    ...(maxSessions === undefined ? [] : ['--max-sessions', String(maxSessions)]),
    ...(timeout === TIMEOUT_MS ? [] : ['--timeout', String(timeout)]),
    ...(concurrency === CONCURRENCY ? [] : ['--concurrency', String(concurrency)]),
    ...(rate === undefined ? [] : ['--rate', String(rate)]),
  ]);
}
