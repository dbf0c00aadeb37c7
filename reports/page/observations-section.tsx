/** What the target does where contract and page leave it a choice; none of it decides. */

import { exchangeText } from '../exchange-text.js';
import { counted } from '../plain-text.js';
import type { Observation } from '../verdict.js';
import { Scrollable } from './scrollable.js';
import { shortened } from './shown-text.js';

const LONGEST = 400;
const LONGEST_EXAMPLE = 3000;

export function ObservationsSection({ observations }: { readonly observations: readonly Observation[] }) {
  const wholes = observations.filter(({ id }) => !id.includes('/'));
  if (wholes.length === 0) return null;
  return (
    <section id="choices" aria-labelledby="choices-title">
      <h2 id="choices-title">What it does where it is free to choose</h2>
      <details class="choices">
        <summary>{`${counted(wholes.length, 'choice')} that the contract leaves open; none of them decides`}</summary>
        {wholes.map((one) => (
          <Choice one={one} parts={observations.filter(({ id }) => id.startsWith(`${one.id}/`))} />
        ))}
      </details>
    </section>
  );
}

interface ChoiceProps {
  readonly one: Observation;
  readonly parts: readonly Observation[];
}

function Choice({ one: { id, value, question = id, example }, parts }: ChoiceProps) {
  return (
    <details class="choice">
      <summary>
        <span class="statement">{shortened(question, LONGEST)}</span> <code>{shortened(value, LONGEST)}</code>{' '}
        <code class="quiet">{shortened(id, 100)}</code>
      </summary>
      {parts.length > 0 && (
        <dl class="parts">
          {parts.map((part) => (
            <div class="part">
              <dt>{shortened(part.id.slice(id.length + 1), 100)}</dt>
              <dd>
                <code>{shortened(part.value, LONGEST)}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {example !== undefined && (
        <Scrollable label={`Example of ${id}`}>
          {shortened(exchangeText(example), LONGEST_EXAMPLE)}
        </Scrollable>
      )}
    </details>
  );
}
