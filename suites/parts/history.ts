/** Histories: what several clients did with one session at the same time, and whether any order of it is right. */

import { raceInWords, wins } from '../../fixtures/race.js';

/** One call and what it told, between two moments of the same clock. */
export interface Act {
  readonly does: 'cancel' | 'read';
  /** Milliseconds. */
  readonly start: number;
  readonly end: number;
  /** The status of a cancel's answer, or what a read told of the session. */
  readonly told: number | string;
}

export interface Disorder {
  readonly requirement: string;
  readonly expected: string;
  readonly actual: string;
}

/** What only a session that is over tells. */
const isOver = ({ does, told }: Act) => told === (does === 'cancel' ? 400 : 'Cancelled');

/**
 * Linearizability (Herlihy and Wing, 1990): every call takes effect at one moment between its start and its end, and in
 * the order of these moments the service does as its model says: Initiated, then one cancel, then Cancelled for good.
 *
 * @param activeStatus what reads tell of an active session
 * @returns what no order explains; null where one does
 */
export function disorderOf(history: readonly Act[], activeStatus: string): Disorder | null {
  const statuses = history.filter(({ does }) => does === 'cancel').map(({ told }) => Number(told));
  const winner = history.find(({ does, told }) => does === 'cancel' && told === 200);
  if (statuses.length === 0) return null;
  if (winner === undefined || wins(statuses) > 1 || statuses.some((one) => one !== 200 && one !== 400))
    return {
      requirement: 'cancel.concurrent',
      expected: '200 once, and 400 for the others',
      actual: raceInWords(statuses),
    };
  const over = history.filter(isOver);
  const still = history.filter(({ does, told }) => does === 'read' && told === activeStatus);
  if (over.some(({ end }) => end < winner.start))
    return {
      requirement: 'cancel.concurrent',
      expected: 'an active session until the cancel that is answered 200 was sent',
      actual: 'an end before it',
    };
  if (still.some(({ start }) => start > winner.end))
    return {
      requirement: 'cancel.immediate',
      expected: 'Cancelled in the details',
      actual: `${activeStatus}, read behind the 200`,
    };
  if (still.some(({ start }) => over.some(({ end }) => end < start)))
    return {
      requirement: 'cancel.lasting',
      expected: 'Cancelled for good once a client was told so',
      actual: `${activeStatus}, read behind an answer that told the end`,
    };
  return null;
}
