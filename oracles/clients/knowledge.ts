/** What a client could know when it sent a request. */

import type { Call, Received } from '../../fixtures/call.js';

/** Requests that run side by side pass answers on the wire, and a busy client reads an answer a little later. */
const LATE_MS = 100;

/**
 * Whether the client had an answer when it sent a later request. On the same connection, and where it does one thing
 * after the other, whatever came before is known; beside other requests only what came some time ago.
 *
 * @param among calls that may have run side by side with the two
 */
export function knew(answer: Received, later: Call, among: readonly Call[]): boolean {
  if (later.arrivedAt < answer.endedAt) return false;
  if (later.connection === answer.connection || later.arrivedAt - answer.endedAt > LATE_MS) return true;
  return !among.some(
    (other) => other !== answer && other !== later && (overlap(other, answer) || overlap(other, later)),
  );
}

export function overlap(a: Call, b: Call): boolean {
  return a.arrivedAt < b.endedAt && b.arrivedAt < a.endedAt;
}
