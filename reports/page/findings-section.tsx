/** What is broken: each requirement once, with every way in which it was seen broken and how to see it again. */

import { commandLine } from '../again.js';
import { grouped } from '../grouped.js';
import { issueText } from '../issue-text.js';
import { neededVariables } from '../needed-variables.js';
import { counted } from '../plain-text.js';
import type { Finding, Verdict, VerdictRequirement } from '../verdict.js';
import { Difference } from './difference.js';
import { ExchangeView } from './exchange-view.js';
import { Scrollable } from './scrollable.js';
import { shortened } from './shown-text.js';
import { LevelBadge } from './status.js';
import { TrailView } from './trail-view.js';

/** Findings with all that is known of them; beyond these only what was expected and what came. */
const MOST_IN_FULL = 40;
/** A requirement's findings in short; the rest is in verdict.json. */
const MOST_IN_SHORT = 60;
const LONGEST = 600;
const LONGEST_LINE = 4000;

export function FindingsSection({ verdict }: { readonly verdict: Verdict }) {
  const groups = groupsOf(verdict);
  if (groups.length === 0) return null;
  let shown = 0;
  return (
    <section id="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">What is broken</h2>
      {groups.map(({ requirement, findings }) => {
        const inFull = findings.slice(0, Math.max(0, MOST_IN_FULL - shown));
        shown += inFull.length;
        return (
          <Group
            verdict={verdict}
            requirement={requirement}
            inFull={inFull}
            inShort={findings.slice(inFull.length)}
            first={shown === inFull.length}
          />
        );
      })}
    </section>
  );
}

interface FindingsOfOne {
  readonly requirement: VerdictRequirement;
  readonly findings: readonly Finding[];
}

/** Musts first, in the order of the catalogue. */
function groupsOf({ requirements, findings }: Verdict): FindingsOfOne[] {
  const byId = grouped(findings, ({ requirement }) => requirement);
  return requirements
    .filter(({ id, status }) => status === 'fail' || status === 'waived' || byId.has(id))
    .map((requirement) => ({
      requirement,
      findings: (byId.get(requirement.id) ?? []).toSorted((a, b) => b.occurrences - a.occurrences),
    }))
    .sort((a, b) => Number(a.requirement.level !== 'must') - Number(b.requirement.level !== 'must'));
}

interface GroupProps {
  readonly verdict: Verdict;
  readonly requirement: VerdictRequirement;
  readonly inFull: readonly Finding[];
  readonly inShort: readonly Finding[];
  /** The first one is open from the beginning. */
  readonly first: boolean;
}

function Group({ verdict, requirement, inFull, inShort, first }: GroupProps) {
  const { id, level, statement, checks, failures, status } = requirement;
  return (
    <article class={`finding ${level}`} id={`finding-${id}`}>
      <h3>
        <LevelBadge level={level} /> {shortened(statement, LONGEST)}
      </h3>
      <p class="quiet">
        <a href={`#${id}`}>{shortened(id, 100)}</a>
        {`, broken in ${failures.toLocaleString('en-US')} of ${counted(checks, 'check')}`}
        {status === 'waived' && ', waived'}
      </p>
      {inFull.map((finding, i) => (
        <Way
          verdict={verdict}
          requirement={requirement}
          finding={finding}
          name={inFull.length + inShort.length > 1 ? `Way ${i + 1}, ` : ''}
          open={first && i === 0}
        />
      ))}
      {inShort.length > 0 && <InShort findings={inShort} />}
    </article>
  );
}

interface WayProps {
  readonly verdict: Verdict;
  readonly requirement: VerdictRequirement;
  readonly finding: Finding;
  readonly name: string;
  readonly open: boolean;
}

function Way({ verdict, requirement, finding, name, open }: WayProps) {
  const { conditions, example, occurrences, curl, exchange, scenario = null, trail = [] } = finding;
  return (
    <div class="way">
      {name !== '' && <h4>{`${name}seen ${counted(occurrences, 'time')}`}</h4>}
      <Difference expected={finding.expected} actual={finding.actual} />
      {conditions.length > 0 && (
        <p>
          <b>Only with</b> {shortened(conditions.join(', '), LONGEST)}
        </p>
      )}
      {scenario !== null && (
        <p>
          <b>Scenario</b> <code>{shortened(scenario, LONGEST)}</code>
        </p>
      )}
      {example !== null && (
        <p>
          <b>Smallest example</b> <code>{shortened(example, LONGEST)}</code>
        </p>
      )}
      {curl !== null && (
        <ToCopy title="See it yourself" note={neededBy(curl)} text={curl} button="Copy curl" />
      )}
      <ToCopy
        title="Have it checked again"
        text={commandLine(verdict, finding.replay)}
        button={finding.replay === '' ? 'Copy command' : 'Copy replay'}
      />
      <details open={open}>
        <summary>The exchange{trail.length > 0 && ', and what led to it'}</summary>
        {trail.length > 0 && <TrailView trail={trail} />}
        {exchange === null ? (
          <p>No single exchange shows it.</p>
        ) : (
          <ExchangeView exchange={exchange} finding={finding} />
        )}
      </details>
      <details>
        <summary>{`An issue for the ${finding.side === 'client' ? 'client' : 'service'}’s developers`}</summary>
        <ToCopy
          title="Ready to paste (Markdown)"
          text={issueText(finding, verdict, requirement.statement, requirement.source)}
          button="Copy issue"
        />
      </details>
    </div>
  );
}

interface ToCopyProps {
  readonly title: string;
  readonly note?: string;
  readonly text: string;
  readonly button: string;
}

/** The button is shown by the script: without it a person selects the text. */
function ToCopy({ title, note, text, button }: ToCopyProps) {
  return (
    <div class="to-copy">
      <p>
        <b>{title}</b> {note !== undefined && <span class="quiet">{note}</span>}
        <button type="button" data-copy hidden>
          {button}
        </button>
      </p>
      <Scrollable label={title}>{shortened(text, LONGEST_LINE)}</Scrollable>
    </div>
  );
}

function InShort({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <details class="in-short">
      <summary>{counted(findings.length, 'further way')}, in short (all of them are in verdict.json)</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Expected</th>
            <th scope="col">Actual</th>
            <th scope="col">Times</th>
          </tr>
        </thead>
        <tbody>
          {findings.slice(0, MOST_IN_SHORT).map(({ expected, actual, occurrences }) => (
            <tr>
              <td>{shortened(expected, 120)}</td>
              <td>{shortened(actual, 120)}</td>
              <td>{occurrences}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function neededBy(script: string): string {
  const needed = neededVariables(script);
  return needed.length === 0 ? 'in a shell' : `in a shell with ${needed.join(', ')}`;
}
