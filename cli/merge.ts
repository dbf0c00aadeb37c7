/** The command `merge`: one verdict from the parts of a run that was split over machines. */

import { mergeVerdicts } from '../judge/merge.js';
import { commandLine } from '../reports/again.js';
import { readVerdict } from '../reports/read-verdict.js';
import { ReportDirectory } from '../reports/report-directory.js';
import { harFile, rendered } from '../reports/report-files.js';
import { type OutputFlags, tellVerdict } from './output.js';

export interface MergeFlags extends Pick<OutputFlags, 'quiet' | 'json'> {
  readonly reportDir: string;
}

/**
 * @param places report directories or verdict files
 * @returns the exit status, as for a run
 * @throws UserError where one of them holds no verdict, or they are of different runs
 */
export async function merge(places: readonly string[], flags: MergeFlags): Promise<number> {
  const verdict = mergeVerdicts(places.map(readVerdict));
  const files = new Map([...rendered(verdict), ...harFile([])]);
  const directory = await ReportDirectory.open(flags.reportDir, files);
  directory.close();
  const directions = { folder: directory.folder, again: commandLine(verdict, null) };
  tellVerdict(verdict, directions, { ...flags, verbose: false });
  return verdict.exitCode;
}
