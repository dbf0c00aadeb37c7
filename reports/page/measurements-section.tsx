/** A picture of the run: response times by operation and status, and exchanges over time. */

import { counted } from '../plain-text.js';
import type { Measurements, ResponseTimes } from '../verdict.js';
import { milliseconds } from './shown-text.js';

export function MeasurementsSection({ measurements }: { readonly measurements: Measurements | undefined }) {
  if (measurements === undefined || measurements.responseTimes.length === 0) return null;
  const { responseTimes, course } = measurements;
  return (
    <section id="times" aria-labelledby="times-title">
      <h2 id="times-title">A picture of the run</h2>
      <h3>Response times</h3>
      <div class="scrolls">
        <table class="times">
          <thead>
            <tr>
              <th scope="col">Operation</th>
              <th scope="col">Status</th>
              <th scope="col">Exchanges</th>
              <th scope="col">min</th>
              <th scope="col">median</th>
              <th scope="col">p95</th>
              <th scope="col">max</th>
              <th scope="col">From 0.1 ms to 100 s</th>
            </tr>
          </thead>
          <tbody>
            {responseTimes.map((times) => (
              <tr>
                <th scope="row">{times.operation}</th>
                <td>{times.status ?? 'no answer'}</td>
                <td>{times.count.toLocaleString('en-US')}</td>
                <td>{milliseconds(times.minMs)}</td>
                <td>{milliseconds(times.medianMs)}</td>
                <td>{milliseconds(times.p95Ms)}</td>
                <td>{milliseconds(times.maxMs)}</td>
                <td>
                  <Histogram times={times} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Course course={course} />
    </section>
  );
}

const BUCKETS = 62;
const BAR = 4;
const HIGH = 28;

/** One bar a bucket, on a logarithmic axis that is the same in every row. */
function Histogram({ times }: { readonly times: ResponseTimes }) {
  const most = Math.max(...times.histogram.map(({ count }) => count));
  return (
    <svg
      class="histogram"
      viewBox={`0 0 ${BUCKETS * BAR} ${HIGH}`}
      role="img"
      aria-label={`Histogram: half of them within ${milliseconds(times.medianMs)}, 95 of 100 within ${milliseconds(times.p95Ms)}`}
    >
      {[10, 20, 30, 40, 50].map((at) => (
        <line x1={at * BAR} x2={at * BAR} y1="0" y2={HIGH} />
      ))}
      {times.histogram.map(({ upToMs, count }) => {
        const height = Math.max(1.5, (count / most) * HIGH);
        return <rect x={bucketAt(upToMs) * BAR} y={HIGH - height} width={BAR - 0.5} height={height} />;
      })}
    </svg>
  );
}

function bucketAt(upToMs: number | null): number {
  if (upToMs === null) return BUCKETS - 1;
  return Math.min(BUCKETS - 1, Math.max(0, Math.round(Math.log10(upToMs / 0.1) * 10)));
}

const WIDE = 720;
const TALL = 120;

function Course({ course: { binMs, bins } }: { readonly course: Measurements['course'] }) {
  if (bins.length === 0) return null;
  const most = Math.max(...bins.map(({ exchanges }) => exchanges));
  const total = (part: 'throttled' | 'unanswered') => bins.reduce((sum, bin) => sum + bin[part], 0);
  const each = WIDE / bins.length;
  const high = (count: number) => (count / most) * TALL;
  return (
    <figure class="course">
      <h3>Exchanges over time</h3>
      <svg
        viewBox={`0 0 ${WIDE} ${TALL}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Exchanges over ${milliseconds(binMs * bins.length)}, at most ${most} in ${milliseconds(binMs)}`}
      >
        {bins.map(({ exchanges, throttled, unanswered }, i) => (
          <>
            <rect x={i * each} width={each * 0.9} y={TALL - high(exchanges)} height={high(exchanges)} />
            <rect
              class="throttled"
              x={i * each}
              width={each * 0.9}
              y={TALL - high(throttled)}
              height={high(throttled)}
            />
            <rect
              class="none"
              x={i * each}
              width={each * 0.9}
              y={TALL - high(throttled + unanswered)}
              height={high(unanswered)}
            />
          </>
        ))}
      </svg>
      <p class="axis">
        <span>0</span>
        <span>{milliseconds(binMs * bins.length)}</span>
      </p>
      <figcaption>
        {`At most ${counted(most, 'exchange')} in ${milliseconds(binMs)}; ${counted(total('throttled'), 'answer')} with 429`}
        {total('throttled') > 0 && <span class="key throttled" />}
        {`, ${total('unanswered').toLocaleString('en-US')} without an answer`}
        {total('unanswered') > 0 && <span class="key none" />}
      </figcaption>
    </figure>
  );
}
