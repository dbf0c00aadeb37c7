/** The requirements: a matrix by theme, then each with its source and what was done. */

import { counted } from '../plain-text.js';
import type { Quote } from '../quotations.js';
import { rfcLink, sourceParts } from '../source-parts.js';
import { byTheme, type Theme } from '../themes.js';
import type { VerdictRequirement } from '../verdict.js';
import { shortened } from './shown-text.js';
import { LevelBadge, STATUSES, type Status, StatusBadge, signOf, wordFor } from './status.js';

const LONGEST = 600;

interface SectionProps {
  readonly requirements: readonly VerdictRequirement[];
  readonly quote: Quote;
}

export function RequirementsSection({ requirements, quote }: SectionProps) {
  if (requirements.length === 0) return null;
  const themes = byTheme(requirements);
  const statuses = STATUSES.filter((status) => requirements.some((one) => one.status === status));
  return (
    <section id="requirements" aria-labelledby="requirements-title">
      <h2 id="requirements-title">The requirements</h2>
      <Matrix themes={themes} statuses={statuses} />
      <Filter count={requirements.length} statuses={statuses} />
      {themes.map(({ name, title, requirements: members }) => (
        <section class="theme" aria-labelledby={`theme-${name}`}>
          <h3 id={`theme-${name}`}>{shortened(title, 60)}</h3>
          {members.map((requirement) => (
            <Entry requirement={requirement} quote={quote} />
          ))}
        </section>
      ))}
      <p id="nothing-matches" hidden>
        No requirement matches.
      </p>
    </section>
  );
}

interface MatrixProps {
  readonly themes: readonly Theme<VerdictRequirement>[];
  /** Those that there are. */
  readonly statuses: readonly Status[];
}

function Matrix({ themes, statuses }: MatrixProps) {
  return (
    <div class="scrolls">
      <table class="matrix">
        <caption>
          {statuses.map((status) => (
            <StatusBadge status={status} />
          ))}
        </caption>
        <thead>
          <tr>
            <th scope="col">Theme</th>
            <th scope="col">must</th>
            <th scope="col">should</th>
          </tr>
        </thead>
        <tbody>
          {themes.map(({ name, title, requirements }) => (
            <tr>
              <th scope="row">
                <a href={`#theme-${name}`}>{shortened(title, 60)}</a>
              </th>
              {(['must', 'should'] as const).map((level) => (
                <td>
                  {requirements
                    .filter((requirement) => requirement.level === level)
                    .map(({ id, status }) => (
                      <a class={`cell ${status}`} href={`#${id}`} title={`${id}: ${wordFor(status)}`}>
                        <span aria-hidden="true">{signOf(status)}</span>
                        <span class="unseen">{`${id}: ${wordFor(status)}`}</span>
                      </a>
                    ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface FilterProps {
  readonly count: number;
  readonly statuses: readonly Status[];
}

/** Shown by the script, which does what it says. */
function Filter({ count, statuses }: FilterProps) {
  return (
    <form id="filter" hidden>
      <label>
        Search{' '}
        <input type="search" name="words" placeholder="token 401" autocomplete="off" aria-keyshortcuts="/" />
      </label>
      <fieldset>
        <legend>Status</legend>
        {statuses.map((status) => (
          <label>
            <input type="checkbox" name="status" value={status} checked /> {wordFor(status)}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>Level</legend>
        {(['must', 'should'] as const).map((level) => (
          <label>
            <input type="checkbox" name="level" value={level} checked /> {level}
          </label>
        ))}
      </fieldset>
      <output>{counted(count, 'requirement')}</output>
    </form>
  );
}

interface EntryProps {
  readonly requirement: VerdictRequirement;
  readonly quote: Quote;
}

function Entry({ requirement, quote }: EntryProps) {
  const { id, level, statement, status, source } = requirement;
  return (
    <details class="requirement" id={id} data-status={status} data-level={level}>
      <summary>
        <StatusBadge status={status} /> <LevelBadge level={level} />
        <span class="statement">{shortened(statement, LONGEST)}</span>
        <code class="quiet">{shortened(id, 100)}</code>
      </summary>
      <div class="body">
        <p>{whatWasDone(requirement)}</p>
        {status === 'fail' && (
          <p>
            <a href={`#finding-${id}`}>What was seen, and how to see it again</a>
          </p>
        )}
        <SourceView source={source} quote={quote} />
      </div>
    </details>
  );
}

function whatWasDone({ status, checks, failures, reason, cases = [] }: VerdictRequirement): string {
  if (status === 'not-checked') return `Not checked. ${shortened(reason ?? 'No reason is known.', LONGEST)}`;
  const how =
    cases.length === 0
      ? 'Answers of all cases were held against it.'
      : `It is verified by ${counted(cases.length, 'case')}: ${shortened(cases.join('; '), LONGEST)}.`;
  const outcome = failures === 0 ? 'each time it held' : `${failures.toLocaleString('en-US')} of them failed`;
  return `Checked ${counted(checks, 'time')}; ${outcome}. ${how}`;
}

function SourceView({ source, quote }: { readonly source: string; readonly quote: Quote }) {
  const { page, contract, rfc } = sourceParts(source);
  const quotation = contract === null ? null : quote(contract);
  const link = rfc === null ? null : rfcLink(rfc);
  return (
    <dl class="source">
      {page !== null && (
        <div>
          <dt>Page of the endpoint</dt>
          <dd>“{shortened(page, LONGEST)}”</dd>
        </div>
      )}
      {rfc !== null && (
        <div>
          <dt>Standard</dt>
          <dd>{link === null ? shortened(rfc, LONGEST) : <a href={link}>{rfc}</a>}</dd>
        </div>
      )}
      {contract !== null && (
        <div>
          <dt>Contract</dt>
          <dd>
            <code>{shortened(contract, LONGEST)}</code>
            {quotation !== null && (
              <blockquote>
                <pre>{quotation}</pre>
              </blockquote>
            )}
          </dd>
        </div>
      )}
    </dl>
  );
}
