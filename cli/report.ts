/** The command `report`: renders older verdicts again. */

import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { plain } from '../reports/plain-text.js';
import { readVerdict } from '../reports/read-verdict.js';
import { ReportDirectory } from '../reports/report-directory.js';
import { rendered } from '../reports/report-files.js';

export interface ReportFlags {
  readonly reportDir?: string;
}

/**
 * @param places report directories or verdict files; with several the page tells the history
 * @throws UserError where one of them holds no verdict, or the reports cannot be written
 */
export async function report(places: readonly string[], { reportDir }: ReportFlags): Promise<void> {
  const [latest, ...earlier] = places
    .map((place) => ({ folder: folderOf(place), verdict: readVerdict(place) }))
    .sort((a, b) => (Date.parse(b.verdict.finishedAt) || 0) - (Date.parse(a.verdict.finishedAt) || 0));
  if (latest === undefined) throw new Error('Commander asks for one at least.');
  const files = rendered(latest.verdict, { earlier: earlier.map(({ verdict }) => verdict) });
  const inPlace = reportDir === undefined;
  const directory = await ReportDirectory.open(
    reportDir ?? latest.folder,
    // The verdict of a run is left as it is: somebody may have signed it.
    new Map([...files].filter(([name]) => !inPlace || !SIGNED.includes(name))),
  );
  directory.close();
  process.stdout.write(`Rendered ${plain(join(directory.folder, 'report.html'))}.\n`);
}

const SIGNED = ['verdict.json', 'test-result.intoto.json'];

function folderOf(place: string): string {
  return statSync(place, { throwIfNoEntry: false })?.isFile() ? dirname(place) : place;
}
