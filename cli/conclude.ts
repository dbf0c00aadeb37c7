/** How a command that judges ends: its verdict is written, and told even where it cannot be. */

import { NOT_JUDGED } from '../judge/exit-status.js';
import { commandLine } from '../reports/again.js';
import { quotationsFor } from '../reports/quotations.js';
import type { ReportDirectory } from '../reports/report-directory.js';
import { harFile, rendered, verdictFile } from '../reports/report-files.js';
import type { RecordedExchange } from '../reports/shown.js';
import type { Verdict } from '../reports/verdict.js';
import { UserError } from '../spec/errors.js';
import { complain } from './complaint.js';
import { type OutputFlags, tellVerdict } from './output.js';

export interface Judged {
  readonly verdict: Verdict;
  /** Some of the exchanges, for a record. */
  readonly exchanges: readonly RecordedExchange[];
}

/**
 * @param contractFile where the contract stands that was judged by; the published one where left out
 * @returns the exit status
 */
export async function conclude(
  { verdict, exchanges }: Judged,
  directory: ReportDirectory,
  flags: OutputFlags,
  contractFile?: string,
): Promise<number> {
  let problem: UserError | null = null;
  try {
    await directory.write(verdictFile(verdict));
    const quote = quotationsFor(verdict.contract.sha256, contractFile);
    await directory.write(new Map([...rendered(verdict, { quote }), ...harFile(exchanges)]));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problem = error;
  }
  const folder = problem === null ? directory.folder : null;
  tellVerdict(verdict, { folder, again: commandLine(verdict, null) }, flags);
  if (problem === null) return verdict.exitCode;
  complain(problem);
  return NOT_JUDGED;
}
