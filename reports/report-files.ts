/** The files of a report: all that is made of a verdict, by name. */

import { readTool } from '../spec/tool.js';
import { harOf } from './har.js';
import { junitXml } from './junit.js';
import { summaryMarkdown } from './markdown.js';
import { reportPage } from './page/document.js';
import { type Quote, quotationsFor } from './quotations.js';
import type { RecordedExchange } from './shown.js';
import { testResultStatement } from './test-result.js';
import type { Verdict } from './verdict.js';

/** Null for a file that there is not, so that none of an earlier run is left. */
export type ReportFiles = ReadonlyMap<string, string | null>;

export interface Rendering {
  /** Verdicts of earlier runs. */
  readonly earlier?: readonly Verdict[];
  readonly quote?: Quote;
}

/** The verdict by itself, which must be there whatever becomes of the rest. */
export function verdictFile(verdict: Verdict): ReportFiles {
  return new Map([['verdict.json', asJson(verdict)]]);
}

/** What can be made of a verdict alone. */
export function rendered(verdict: Verdict, { earlier = [], quote }: Rendering = {}): ReportFiles {
  const json = asJson(verdict);
  const statement = testResultStatement(verdict, json);
  const quotations = quote ?? quotationsFor(verdict.contract.sha256);
  return new Map([
    ['verdict.json', json],
    ['report.html', reportPage(verdict, earlier, quotations)],
    ['junit.xml', junitXml(verdict)],
    ['summary.md', summaryMarkdown(verdict)],
    ['test-result.intoto.json', statement === null ? null : asJson(statement)],
  ]);
}

export function harFile(exchanges: readonly RecordedExchange[]): ReportFiles {
  return new Map([['exchanges.har', exchanges.length === 0 ? null : asJson(harOf(exchanges, readTool()))]]);
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
