/** Waivers: known deviations that somebody answers for until a day, and what they do to a verdict. */

import type { Outcome } from '../fixtures/ledger.js';
import type { VerdictWaiver } from '../reports/verdict.js';

export interface Waiver {
  readonly requirement: string;
  readonly reason: string;
  /** Who answers for it, or the ticket. */
  readonly owner: string;
  /** The last day on which it holds, as YYYY-MM-DD in UTC. */
  readonly expires: string;
  /** URL of the target that it holds for; null for any. */
  readonly target: string | null;
}

/**
 * @param targetUrl waivers for another target are left out
 * @param now milliseconds since the epoch
 */
export function judgedWaivers(
  waivers: readonly Waiver[],
  outcomes: readonly Outcome[],
  targetUrl: string,
  now: number,
): readonly VerdictWaiver[] {
  const today = new Date(now).toISOString().slice(0, 10);
  return waivers
    .filter(({ target }) => target === null || target === targetUrl)
    .map(({ requirement, reason, owner, expires }) => {
      const status = outcomes.find((outcome) => outcome.requirement.id === requirement)?.status;
      return { requirement, reason, owner, expires, state: stateOf(status, expires < today) };
    });
}

function stateOf(status: Outcome['status'] | undefined, expired: boolean): VerdictWaiver['state'] {
  if (status === 'pass') return 'stale';
  if (expired) return 'expired';
  return status === 'fail' ? 'in force' : 'not needed';
}

/** The waiver that a failure of the requirement is covered by. */
export function waiverFor(id: string, waivers: readonly VerdictWaiver[]): VerdictWaiver | undefined {
  return waivers.find(({ requirement, state }) => requirement === id && state === 'in force');
}
