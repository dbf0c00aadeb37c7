/** The command `run`: judges a target, shows progress, writes the verdict and its summary. */

import { randomInt } from 'node:crypto';
import type { Depth } from '../fixtures/depth.js';
import { unfinishedVerdict } from '../judge/conclusion.js';
import { judge, type Progress } from '../judge/judge.js';
import { ReportDirectory } from '../reports/report-directory.js';
import { summary } from '../reports/terminal.js';
import { quoted } from '../reports/terminal-text.js';
import type { Verdict } from '../reports/verdict.js';
import { loadContract } from '../spec/contract.js';
import { UserError } from '../spec/errors.js';
import { chosenTarget } from './chosen-target.js';
import { explanation } from './explanation.js';
import { interruptions } from './interruption.js';
import { progressOn } from './progress.js';
import { assertSelection } from './selection.js';

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
}

/** Seeds that people can read out to each other. */
const LARGEST_RANDOM_SEED = 1_000_000;

/**
 * @returns the exit status
 * @throws UserError where the run cannot begin
 */
export async function run(flags: RunFlags): Promise<number> {
  const contract = loadContract(flags.contract);
  await assertSelection(flags.only, flags.replay ?? null);
  const signal = interruptions();
  const { target, close } = await chosenTarget(flags.target, signal);
  const seed = flags.seed ?? randomInt(LARGEST_RANDOM_SEED);
  const { depth, strict, only, concurrency } = flags;
  try {
    const unfinished = unfinishedVerdict({ target, contract, seed, depth, strict });
    const directory = await ReportDirectory.open(flags.reportDir, unfinished);
    const progress = progressOn(process.stderr);
    try {
      const verdict = await judge({
        target,
        contract,
        depth,
        seed,
        strict,
        only,
        concurrency,
        timeoutMs: flags.timeout,
        rate: flags.rate ?? null,
        replay: flags.replay ?? null,
        onProgress: (told: Progress) => progress.tell(told),
        signal,
      });
      progress.end();
      return await conclude(verdict, directory, target.embedded ? [] : ['--target', target.url]);
    } finally {
      progress.end();
      directory.close();
    }
  } finally {
    await close();
  }
}

/** The summary is printed even where the verdict cannot be written. */
async function conclude(
  verdict: Verdict,
  directory: ReportDirectory,
  target: readonly string[],
): Promise<number> {
  let problem: UserError | null = null;
  try {
    await directory.write(verdict);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problem = error;
  }
  const colours = process.stdout.isTTY === true && !process.env['NO_COLOR'];
  const width = Math.min(120, Math.max(60, process.stdout.columns ?? 100));
  const again = ['cancel-conformance', 'run', ...target.map(quoted)].join(' ');
  const verdictFile = problem === null ? directory.verdictFile : null;
  process.stdout.write(summary(verdict, { width, colours }, { verdictFile, again }));
  if (problem === null) return verdict.exitCode;
  process.stderr.write(`cancel-conformance: ${explanation(problem)}\n`);
  return 2;
}
