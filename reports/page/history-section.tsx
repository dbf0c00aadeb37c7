/** The history of a service: what held and what was broken in each of several runs. */

import type { Verdict, VerdictRequirement } from '../verdict.js';
import { moment, shortened } from './shown-text.js';
import { type Status, signOf, wordFor } from './status.js';

interface HistoryProps {
  readonly verdict: Verdict;
  readonly earlier: readonly Verdict[];
}

/** Columns beyond these no page can hold; the latest count. */
const MOST_RUNS = 30;

export function HistorySection({ verdict, earlier }: HistoryProps) {
  if (earlier.length === 0) return null;
  const runs = inOrder([...earlier, verdict]).slice(-MOST_RUNS);
  const changing = verdict.requirements.filter(({ id }) => runs.some((run) => statusIn(run, id) === 'fail'));
  return (
    <section id="history" aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      {changing.length === 0 ? (
        <p>{`Nothing was broken in any of ${runs.length} runs.`}</p>
      ) : (
        <div class="scrolls">
          <table class="matrix">
            <caption>Requirements that were broken in one of the runs at least, the oldest run first</caption>
            <thead>
              <tr>
                <th scope="col">Requirement</th>
                <th scope="col">Broken since</th>
                {runs.map((run, i) => (
                  <th scope="col" title={`${moment(run.finishedAt)}, ${shortened(run.target.url, 100)}`}>
                    <span class="unseen">{`${moment(run.finishedAt)}, run `}</span>
                    {i + 1}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {changing.map(({ id }) => (
                <tr>
                  <th scope="row">
                    <a href={`#${id}`}>{shortened(id, 100)}</a>
                  </th>
                  <td>{since(runs, id)}</td>
                  {runs.map((run) => (
                    <Cell status={statusIn(run, id)} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ol class="runs">
        {runs.map((run) => (
          <li>
            {`${moment(run.finishedAt)}: ${run.verdict}, `}
            <code>{shortened(run.target.url, 200)}</code>
            {`, depth ${run.depth}, seed ${run.seed}`}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Cell({ status }: { readonly status: Status }) {
  return (
    <td>
      <span class={`cell ${status}`}>
        <span aria-hidden="true">{signOf(status)}</span>
        <span class="unseen">{wordFor(status)}</span>
      </span>
    </td>
  );
}

/** The oldest first. */
function inOrder(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.toSorted((a, b) => (Date.parse(a.finishedAt) || 0) - (Date.parse(b.finishedAt) || 0));
}

function statusIn({ requirements }: Verdict, wanted: string): VerdictRequirement['status'] {
  return requirements.find(({ id }) => id === wanted)?.status ?? 'not-checked';
}

/** @returns when the breach that lasts until today began: runs that did not check the requirement do not end it */
function since(runs: readonly Verdict[], id: string): string {
  const told = runs.filter((run) => statusIn(run, id) !== 'not-checked');
  const lastHeld = told.findLastIndex((run) => statusIn(run, id) !== 'fail');
  const first = told[lastHeld + 1];
  return first === undefined ? 'holds again' : moment(first.finishedAt);
}
