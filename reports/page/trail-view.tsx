/** What led to a finding, drawn: each exchange a bar from its beginning to its end. */

import type { TrailStep } from '../verdict.js';
import { milliseconds, shortened } from './shown-text.js';
import { axisOver, type Span } from './time-axis.js';

const WIDTH = 600;
const HEIGHT = 14;
const MOST_STEPS = 40;
const NARROWEST = 3;
const LONGEST_ASKED = 200;

type PlacedStep = TrailStep & Span;

export function TrailView({ trail }: { readonly trail: readonly TrailStep[] }) {
  const steps = placed(trail.slice(-MOST_STEPS));
  const axis = axisOver(steps, WIDTH - NARROWEST);
  return (
    <figure class="trail">
      <figcaption>What was done with the session, from its beginning (long pauses are shortened)</figcaption>
      <ol>
        {steps.map((step) => (
          <li class={step.shows ? 'shows' : undefined}>
            <span class="what">
              {step.operation} <Outcome step={step} />
              {step.shows && <em>shows it</em>}
              {step.asked && <small class="quiet">{shortened(step.asked, LONGEST_ASKED)}</small>}
            </span>
            <span class="when">{`${milliseconds(step.begins)} + ${milliseconds(step.durationMs)}`}</span>
            <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
              <rect
                x={axis(step.begins)}
                y="1"
                width={Math.max(NARROWEST, axis(step.ends) - axis(step.begins))}
                height={HEIGHT - 2}
                class={kindOf(step)}
              />
            </svg>
          </li>
        ))}
      </ol>
    </figure>
  );
}

function placed(trail: readonly TrailStep[]): PlacedStep[] {
  const times = trail.map(({ startedAt }) => Date.parse(startedAt) || 0);
  const first = Math.min(...times);
  return trail.map((step, i) => {
    const begins = (times[i] ?? first) - first;
    return { ...step, begins, ends: begins + step.durationMs };
  });
}

function Outcome({ step }: { readonly step: TrailStep }) {
  if (step.status === null) return <b class="none">{shortened(step.failure ?? 'no answer', 80)}</b>;
  return <b class={kindOf(step)}>{step.status}</b>;
}

function kindOf({ status }: TrailStep): string {
  // Whether a 200 or a 400 is right hangs on what went before: neither has a colour.
  return status === null || status >= 500 ? 'none' : 'answered';
}
