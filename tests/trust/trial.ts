/** Judges one subject of the kill matrix within this process. */

import { targetOf } from '../../cli/embedded-target.js';
import type { Depth } from '../../fixtures/depth.js';
import { TIMEOUT_MS } from '../../judge/defaults.js';
import { judge } from '../../judge/judge.js';
import { startMock } from '../../mock/service.js';
import { loadContract } from '../../spec/contract.js';
import { isOwnFault } from '../../spec/errors.js';
import { isOfPage, type Subject } from './subjects.js';

export interface TrialOrder {
  readonly subject: Subject;
  readonly depth: Depth;
  readonly seed: number;
  /** Whether the run of a fault may end as soon as the requirement meant to catch it is seen to be broken. */
  readonly untilCaught: boolean;
}

/** What one run said of one subject. */
export interface TrialResult {
  readonly subject: Subject;
  readonly seed: number;
  /** Requirements that failed. */
  readonly failed: readonly string[];
  /** Messages of the findings. */
  readonly messages: readonly string[];
  /** What the subject breaks and was not checked, with the reason. */
  readonly notChecked: readonly string[];
  readonly verdict: string;
  /** What is meant to catch the fault did, and the run was ended: it has no verdict. */
  readonly endedEarly: boolean;
  /** Why the run did not get to its end, or what was thrown in it. */
  readonly reason: string | null;
  readonly exchanges: number;
  readonly durationMs: number;
}

/** A run that has not ended by then is interrupted, in milliseconds. */
const TIME_LIMIT_MS = 240_000;
/** So long the harness waits for one answer: a mock on loopback that says nothing for so long will not. */
const SHORT_TIMEOUT_MS = 5000;

const contract = loadContract();

export async function tryOut({ subject, depth, seed, untilCaught }: TrialOrder): Promise<TrialResult> {
  const { kind, id } = subject;
  const mock = await startMock({
    ...(kind === 'fault' ? { fault: id } : {}),
    ...(kind === 'variant' ? { variant: id } : {}),
  });
  const limit = new AbortController();
  const end = () => limit.abort({ signal: 'SIGTERM' });
  const timer = setTimeout(end, TIME_LIMIT_MS);
  const endsEarly = untilCaught && kind === 'fault';
  let endedEarly = false;
  try {
    const verdict = await judge({
      // A browser takes long: it is for those that it is about.
      target: { ...targetOf(mock), page: isOfPage(subject) || kind === 'plain' ? {} : null },
      contract,
      depth,
      seed,
      strict: false,
      // Where there is no page there is something to judge all the same.
      only: isOfPage(subject) ? ['page', 'cancel.page-example'] : [],
      // Browsers that start beside each other take their time.
      timeoutMs: isOfPage(subject) ? TIMEOUT_MS : SHORT_TIMEOUT_MS,
      concurrency: 16,
      rate: null,
      replay: null,
      signal: limit.signal,
      ...(endsEarly && {
        onProgress: ({ broken }) => {
          if (!broken.includes(subject.breaks[0] ?? '')) return;
          endedEarly = true;
          end();
        },
      }),
    });
    if (verdict.reason !== null && isOwnFault(verdict.reason)) throw new Error(verdict.reason);
    return {
      subject,
      seed,
      failed: verdict.requirements.filter(({ status }) => status === 'fail').map((one) => one.id),
      messages: verdict.findings.map(({ requirement, message }) => `${requirement}: ${message}`),
      notChecked: verdict.requirements
        .filter(({ id: one, status }) => subject.breaks.includes(one) && status === 'not-checked')
        .map(({ id: one, reason }) => `${one}: ${reason ?? ''}`),
      verdict: verdict.verdict,
      endedEarly,
      reason: verdict.reason,
      exchanges: verdict.exchanges,
      durationMs: verdict.durationMs,
    };
  } finally {
    clearTimeout(timer);
    await mock.close();
  }
}
