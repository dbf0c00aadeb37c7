/** Retries: a refused token is exchanged, transient failures are tried again, and pauses between tries grow. */

import { type Call, isReceived } from '../../fixtures/call.js';
import { headerValue } from '../../fixtures/exchange.js';
import { retryAfterMs } from '../../fixtures/retry-after.js';
import { type ClientJudgement, type ClientOracle, held, heldIf } from './oracle.js';
import { bearerOf, type ClientTraffic } from './traffic.js';

export const retryAfter401: ClientOracle = {
  requirement: 'client.retry.after-401',
  judge: (traffic) =>
    [...traffic.cancelsBySession.values()].flatMap((cancels) => {
      const refused = cancels.find((call) => isReceived(call) && call.response.status === 401);
      const token = refused === undefined ? null : bearerOf(refused);
      // A token that was given by hand cannot be exchanged for another.
      if (refused === undefined || token === null || token === traffic.givenToken) return [];
      const again = cancels.some(
        (call) => call.arrivedAt > refused.endedAt && ![null, token].includes(bearerOf(call)),
      );
      const right = again || couldNotAuthorise(traffic, refused);
      return [
        heldIf(right, refused, 'a new token and another try after a 401', 'no other try with a new token'),
      ];
    }),
};

/** The client asked for a token and got none. */
function couldNotAuthorise({ calls }: ClientTraffic, refused: Call): boolean {
  return calls.some(
    (call) =>
      call.operation === 'authorize' &&
      call.arrivedAt > refused.endedAt &&
      !(isReceived(call) && call.response.status === 200),
  );
}

const LEAST_RETRIES = 3;

export const retryTransient: ClientOracle = {
  requirement: 'client.retry.transient',
  judge: (traffic) =>
    [...traffic.cancelsBySession.values()].flatMap((cancels) => {
      const failed = cancels.filter(isTransient);
      const last = cancels.at(-1);
      if (failed.length === 0 || last === undefined) return [];
      if (!isTransient(last)) return [held(last)];
      // Whoever hung up and did nothing more may have ended.
      if (last.end === 'hung-up' && traffic.calls.at(-1) === last) return [];
      const retries = cancels.length - 2 - cancels.findLastIndex((call) => !isTransient(call));
      const expected = `at least ${LEAST_RETRIES} more tries after a reset, a time-out, a 5xx or a 429`;
      return [heldIf(retries >= LEAST_RETRIES, last, expected, `${retries} after ${failureInWords(last)}`)];
    }),
};

/** A failure that may be over at the next try, as the client saw it. */
function isTransient(call: Call): boolean {
  if (!isReceived(call)) return true;
  const { status } = call.response;
  return status === 429 || status >= 500;
}

function failureInWords(call: Call): string {
  if (isReceived(call)) return `a ${call.response.status}`;
  return call.end === 'cut' ? 'a reset' : 'a time-out';
}

const SHORTEST_PAUSE_MS = 50;
const LEAST_GROWTH = 0.75;
const RETRY_AFTER_TOLERANCE_MS = 100;

export const retryPauses: ClientOracle = {
  requirement: 'client.retry.pauses',
  judge: ({ cancelsBySession }) => [...cancelsBySession.values()].flatMap(pausesOf),
};

function pausesOf(cancels: readonly Call[]): ClientJudgement[] {
  const judgements: ClientJudgement[] = [];
  let before: number | null = null;
  cancels.forEach((failed, i) => {
    const next = cancels[i + 1];
    if (!isTransient(failed)) before = null;
    if (next === undefined || !isTransient(failed)) return;
    const pause = next.arrivedAt - failed.endedAt;
    // Overlapping tries have a requirement of their own.
    if (pause < 0) return;
    const asked = askedPause(failed);
    if (asked !== null) {
      const right = pause >= asked - RETRY_AFTER_TOLERANCE_MS;
      judgements.push(heldIf(right, next, 'the next try after Retry-After', 'a try before it'));
      return;
    }
    judgements.push(before === null ? firstPause(next, pause) : laterPause(next, pause, before));
    before = pause - next.lateBy;
  });
  return judgements;
}

function firstPause(next: Call, pause: number): ClientJudgement {
  const expected = `a first pause of at least ${SHORTEST_PAUSE_MS} ms`;
  return heldIf(pause >= SHORTEST_PAUSE_MS, next, expected, 'a shorter one');
}

function laterPause(next: Call, pause: number, before: number): ClientJudgement {
  const expected = `pauses that grow, each at least ${LEAST_GROWTH} of the one before`;
  return heldIf(pause >= before * LEAST_GROWTH, next, expected, 'a shorter one');
}

/** What Retry-After asks for, in milliseconds; null where it is not there or says nothing. */
function askedPause(call: Call): number | null {
  const value = call.response === null ? null : headerValue(call.response.headers, 'retry-after');
  return value === null ? null : retryAfterMs(value, call.startedAt + call.durationMs);
}
