/** What the page begins with: may we release, and what was judged. */

import { conclusionOf } from '../conclusion-in-words.js';
import { counted } from '../plain-text.js';
import { isProxied, type Verdict, type VerdictRequirement } from '../verdict.js';
import { milliseconds, moment, shortened } from './shown-text.js';

const SIGNS = { conformant: '✓', nonconformant: '✗', inconclusive: '?' } as const;
const LONGEST = 300;

export function Heading({ verdict }: { readonly verdict: Verdict }) {
  const { sentence, meaning } = conclusionOf(verdict);
  const { target, contract, tool } = verdict;
  return (
    <header class={`verdict ${verdict.verdict}`}>
      <div class="inner">
        <p class="subject">Cancel Session, judged by its published contract</p>
        <h1>
          <span class="sign" aria-hidden="true">
            {SIGNS[verdict.verdict]}
          </span>
          {sentence}
        </h1>
        <p class="meaning">{shortened(meaning, 600)}</p>
        <dl class="facts">
          <Fact name="Target">
            <code>{shortened(target.url, LONGEST)}</code>
            {target.embedded && ' (the embedded mock)'}
          </Fact>
          <Fact name="Judged">
            <time dateTime={shortened(verdict.finishedAt, 40)}>{moment(verdict.finishedAt)}</time>
          </Fact>
          {!isProxied(verdict) && (
            <>
              <Fact name="Depth">{`${verdict.depth}${verdict.strict ? ', --strict' : ''}`}</Fact>
              <Fact name="Seed">{verdict.seed}</Fact>
            </>
          )}
          <Fact name="Contract">
            {shortened(`${contract.title} ${contract.version}`, LONGEST)}{' '}
            <span class="quiet">sha256 {shortened(contract.sha256.slice(0, 12), 12)}…</span>
          </Fact>
          <Fact name={isProxied(verdict) ? 'Passed on' : 'Asked'}>
            {`${counted(verdict.exchanges, 'exchange')} in ${milliseconds(verdict.durationMs)}, ${counted(verdict.usage.sessions, 'session')}`}
          </Fact>
          <Fact name="By">{`${shortened(tool.name, 60)} ${shortened(tool.version, 60)}`}</Fact>
        </dl>
        <Scenarios verdict={verdict} />
        {verdict.usage.leftActive.length > 0 && (
          <p class="warning">
            {`${counted(verdict.usage.leftActive.length, 'session')} ${isProxied(verdict) ? 'nobody tried to cancel' : 'could not be cancelled at the end'}: `}
            {shortened(verdict.usage.leftActive.slice(0, 50).join(', '), 3000)}
          </p>
        )}
      </div>
    </header>
  );
}

function Scenarios({ verdict: { scenarios = [] } }: { readonly verdict: Verdict }) {
  if (scenarios.length === 0) return null;
  const told = (wanted: boolean) =>
    scenarios
      .filter(({ handled }) => handled === wanted)
      .map(({ name }) => shortened(name, 60))
      .join(', ');
  return (
    <dl class="facts">
      {told(true) !== '' && <Fact name="Scenarios handled">{told(true)}</Fact>}
      {told(false) !== '' && <Fact name="Scenarios not handled">{told(false)}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The figures that a reader looks for first; each leads to what it counts. */
export function Figures({ requirements }: { readonly requirements: readonly VerdictRequirement[] }) {
  const having = (level: string, status: string) =>
    requirements.filter((one) => one.level === level && one.status === status).length;
  const waived = requirements.filter(({ status }) => status === 'waived').length;
  const figures: readonly (readonly [string, number, string, string])[] = [
    ['musts broken', having('must', 'fail'), 'fail', '#findings'],
    ['shoulds broken', having('should', 'fail'), 'warn', '#findings'],
    ...(waived === 0 ? [] : [['waived', waived, 'waived', '#requirements'] as const]),
    ['held', having('must', 'pass') + having('should', 'pass'), 'pass', '#requirements'],
    ['musts not checked', having('must', 'not-checked'), 'open', '#not-checked'],
    ['shoulds not checked', having('should', 'not-checked'), 'open', '#not-checked'],
  ];
  return (
    <ul class="figures" aria-label="Requirements">
      {figures.map(([name, count, kind, link]) => (
        <li class={count === 0 ? 'zero' : kind}>
          <a href={link}>
            <b>{count}</b> {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
