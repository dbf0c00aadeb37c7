/** The report page: one file that needs nothing else, in which everything from a target is text. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderToString } from 'preact-render-to-string';
import { packageRoot } from '../../spec/package-root.js';
import { conclusionOf } from '../conclusion-in-words.js';
import { type Quote, quotationsFor } from '../quotations.js';
import type { Verdict } from '../verdict.js';
import { FindingsSection } from './findings-section.js';
import { Figures, Heading } from './heading.js';
import { HistorySection } from './history-section.js';
import { HostedPageSection } from './hosted-page-section.js';
import { MeasurementsSection } from './measurements-section.js';
import { NotCheckedSection } from './not-checked-section.js';
import { ObservationsSection } from './observations-section.js';
import { RequirementsSection } from './requirements-section.js';
import { shortened } from './shown-text.js';

/** @param earlier older verdicts of the same service, in any order; with them the page tells when each requirement began to fail */
export function reportPage(
  verdict: Verdict,
  earlier: readonly Verdict[] = [],
  quote: Quote = quotationsFor(verdict.contract.sha256),
): string {
  return `<!doctype html>\n${renderToString(<Page verdict={verdict} earlier={earlier} quote={quote} />)}\n`;
}

interface PageProps {
  readonly verdict: Verdict;
  readonly earlier: readonly Verdict[];
  readonly quote: Quote;
}

function Page({ verdict, earlier, quote }: PageProps) {
  const style = asset('page.css');
  const script = asset('page.js');
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content={`default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; img-src data:; base-uri 'none'; form-action 'none'`}
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{`${conclusionOf(verdict).sentence} ${shortened(verdict.target.url, 100)}`}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <Heading verdict={verdict} />
        <main>
          <Figures requirements={verdict.requirements} />
          <FindingsSection verdict={verdict} />
          <NotCheckedSection requirements={verdict.requirements} />
          <RequirementsSection requirements={verdict.requirements} quote={quote} />
          <HostedPageSection verdict={verdict} />
          <ObservationsSection observations={verdict.observations} />
          <HistorySection verdict={verdict} earlier={earlier} />
          <MeasurementsSection measurements={verdict.measurements} />
        </main>
        <footer>
          A <b>must</b> is what the contract promises, or what would move money or let the wrong one in: it
          decides the verdict. A <b>should</b> is good practice that the contract leaves open: it is reported.
          Tokens and passwords are masked. The whole run is in <code>verdict.json</code> beside this page.
        </footer>
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>
  );
}

function asset(name: string): string {
  return readFileSync(join(packageRoot, 'reports', 'page', name), 'utf8');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
