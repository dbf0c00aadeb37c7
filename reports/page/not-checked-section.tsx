/** What was not looked at, and why: whoever releases has to know it. */

import { byReason, KNOWN_REASONS } from '../not-checked-reasons.js';
import { counted } from '../plain-text.js';
import type { VerdictRequirement } from '../verdict.js';
import { shortened } from './shown-text.js';

const LONGEST = 600;

export function NotCheckedSection({
  requirements,
}: {
  readonly requirements: readonly VerdictRequirement[];
}) {
  const groups = [...byReason(requirements)];
  if (groups.length === 0) return null;
  return (
    <section id="not-checked" aria-labelledby="not-checked-title">
      <h2 id="not-checked-title">What was not looked at</h2>
      <ul class="reasons">
        {groups.map(([reason, members]) => (
          <li>
            <p>{shortened(reason, LONGEST)}</p>
            <p class="quiet">
              {levelsOf(members)}
              {!(reason in KNOWN_REASONS) && members.map(({ id }, i) => <Named id={id} first={i === 0} />)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Named({ id, first }: { readonly id: string; readonly first: boolean }) {
  return (
    <>
      {first ? ': ' : ', '}
      <a href={`#${id}`}>{shortened(id, 100)}</a>
    </>
  );
}

function levelsOf(requirements: readonly VerdictRequirement[]): string {
  return (['must', 'should'] as const)
    .map((level) => [requirements.filter((one) => one.level === level).length, level] as const)
    .filter(([count]) => count > 0)
    .map(([count, level]) => counted(count, level))
    .join(', ');
}
