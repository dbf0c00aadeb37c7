/** Repetitions of one cancel: few after a 400, no storm, and not side by side. */

import { type Call, isReceived, type Received } from '../../fixtures/call.js';
import { knew, overlap } from './knowledge.js';
import { type ClientJudgement, type ClientOracle, held, heldIf } from './oracle.js';

/** A check that the session is gone is fine, and a loop is not. */
const MOST_AFTER_400 = 2;

export const repeatAfter400: ClientOracle = {
  requirement: 'client.repeat.after-400',
  judge: ({ cancelsBySession }) =>
    [...cancelsBySession.values()].flatMap((cancels) => {
      const refusal = cancels.find(
        (call): call is Received => isReceived(call) && call.response.status === 400,
      );
      if (refusal === undefined) return [];
      const later = cancels.filter((call) => knew(refusal, call, cancels));
      if (later.length === 0) return [held(refusal)];
      return later.map((call, i) =>
        heldIf(
          i < MOST_AFTER_400,
          call,
          `the same session cancelled at most ${MOST_AFTER_400} times after a 400`,
          `cancelled more often`,
        ),
      );
    }),
};

const MOST_TRIES = 10;
const MOST_WITHIN_ONE_SECOND = 5;

export const noStorm: ClientOracle = {
  requirement: 'client.no-storm',
  judge: ({ cancelsBySession }) =>
    [...cancelsBySession.values()].flatMap((cancels) => cancels.map((call, i) => storm(cancels, call, i))),
};

function storm(cancels: readonly Call[], call: Call, i: number): ClientJudgement {
  if (i >= MOST_TRIES) return heldIf(false, call, `at most ${MOST_TRIES} tries of one cancel`, 'more');
  const before = cancels[i - MOST_WITHIN_ONE_SECOND];
  const isFast = before !== undefined && call.arrivedAt - before.arrivedAt < 1000;
  return heldIf(
    !isFast,
    call,
    `at most ${MOST_WITHIN_ONE_SECOND} tries of one cancel within one second`,
    'more',
  );
}

/** So many cancels of one session are looked back at; the storm of more has a requirement of its own. */
const LOOKED_BACK_AT = 100;

/** That a client has hung up is known a little later than it is so. */
const HANGING_UP_MS = 100;

export const noOverlap: ClientOracle = {
  requirement: 'client.no-overlap',
  judge: ({ cancelsBySession }) =>
    [...cancelsBySession.values()].flatMap((cancels) =>
      cancels.map((call, i) =>
        heldIf(
          !cancels.slice(Math.max(0, i - LOOKED_BACK_AT), i).some((before) => isUnderWay(before, call)),
          call,
          'one cancel of a session at a time',
          'another was under way',
        ),
      ),
    ),
};

function isUnderWay(before: Call, call: Call): boolean {
  if (!overlap(before, call)) return false;
  return before.end !== 'hung-up' || before.endedAt - call.arrivedAt > HANGING_UP_MS;
}
