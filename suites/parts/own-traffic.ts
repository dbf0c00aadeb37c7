/** Asks again, for a session that is cancelled by now, what its page asked for itself. */

import { randomUUID } from 'node:crypto';
import type { Learnt } from '../../fixtures/hosted-page/hosted-page.js';
import {
  forAnother,
  type OwnExchange,
  type OwnRequest,
  sendAgain,
  stillSucceeds,
} from '../../fixtures/hosted-page/traffic.js';
import type { Visit } from '../../fixtures/hosted-page/visit.js';
import type { Session } from '../../fixtures/sessions/session.js';
import type { TrialFixtures } from '../../fixtures/trial.js';

export interface AskedAgain {
  readonly request: OwnRequest;
  readonly status: number | null;
  /** Null where there is nothing to compare its answer with. */
  readonly succeeds: boolean | null;
}

/** With the cookies of the visit for the session itself, and with none for another one. */
export async function answersAfterwards(
  { run }: TrialFixtures,
  visit: Visit,
  own: readonly OwnExchange[],
  { expiredId }: Learnt,
  { id }: Session,
): Promise<AskedAgain[]> {
  const { timeoutMs } = run.hostedPage;
  const stranger = await run.hostedPage.stranger();
  const asked: AskedAgain[] = [];
  try {
    for (const { request, answer } of own) {
      const of = (other: string) => sendAgain(stranger.request, forAnother(request, id, other), timeoutMs);
      const after = await sendAgain(visit.context.request, request, timeoutMs);
      const ofExpired = expiredId === null ? null : await of(expiredId);
      const succeeds = stillSucceeds(answer, after, await of(randomUUID()), ofExpired);
      asked.push({ request, status: after?.status ?? null, succeeds });
    }
    return asked;
  } finally {
    await stranger.close();
  }
}
