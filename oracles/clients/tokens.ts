/** Tokens: issued by Authorize, one session each, and left alone once they are refused or past their time. */

import { type Call, isReceived, type Received } from '../../fixtures/call.js';
import { knew } from './knowledge.js';
import { broken, type ClientJudgement, type ClientOracle, held, heldIf } from './oracle.js';
import { type ClientTraffic, isSuccess } from './traffic.js';

/** A token of unknown origin that the target accepts may have been issued elsewhere. */
export const tokenIssued: ClientOracle = {
  requirement: 'client.token.issued',
  judge: ({ callsByToken, tokens, givenToken }) =>
    [...callsByToken].flatMap(([token, calls]) => {
      const isKnown = tokens.has(token) || token === givenToken;
      const told = isKnown
        ? calls
        : calls.filter((call) => isReceived(call) && isRefused(call) && !call.bent);
      return told.map((call) =>
        heldIf(
          isKnown,
          call,
          'a token that Authorize issued, or the one given by hand',
          'another token, which the target refused',
        ),
      );
    }),
};

const isRefused = ({ response }: Call): boolean => response?.status === 401;

export const oneSessionAToken: ClientOracle = {
  requirement: 'client.initiate.one-session',
  judge: ({ callsByToken }) =>
    [...callsByToken.values()].flatMap((calls) => {
      const initiates = calls.filter(({ operation }) => operation === 'initiate');
      // What the client never heard of, or was refused, initiated nothing that it knows.
      const first = initiates.find((call) => isSuccess(call) && isReceived(call));
      return initiates.map((call) =>
        heldIf(
          first === undefined || call.arrivedAt <= first.arrivedAt || gaveUp(first, call),
          call,
          'a new token for each session',
          'a token that had initiated a session',
        ),
      );
    }),
};

/** Nobody gives an answer up sooner; two requests closer together were meant to run side by side. */
const SHORTEST_PATIENCE_MS = 250;

/** Whether the client no longer waited for the answer to one request when it sent another: its connection may stay open. */
function gaveUp(waitedFor: Call, next: Call): boolean {
  return next.arrivedAt < waitedFor.endedAt && next.arrivedAt - waitedFor.arrivedAt >= SHORTEST_PATIENCE_MS;
}

export const repeatAfter401: ClientOracle = {
  requirement: 'client.repeat.after-401',
  judge: ({ callsByToken }) =>
    [...callsByToken.values()].flatMap((calls) => {
      const refusal = firstRefusal(calls);
      if (refusal === null) return [];
      const later = calls.filter((call) => knew(refusal, call, calls));
      return later.length === 0 ? [held(refusal)] : later.map(atMostOnceMore);
    }),
};

function atMostOnceMore(call: Call, i: number): ClientJudgement {
  return heldIf(i < 1, call, 'the refused token once more at most', 'the refused token, more than once');
}

/** Initiate refuses a token that has initiated a session, and says nothing of it otherwise. */
function firstRefusal(calls: readonly Call[]): Received | null {
  let hasInitiated = false;
  for (const call of calls) {
    const isInitiate = call.operation === 'initiate';
    if (isReceived(call) && isRefused(call) && !(isInitiate && hasInitiated)) return call;
    hasInitiated ||= isInitiate && isSuccess(call);
  }
  return null;
}

/** A request is under way for a while, and clocks differ a little. */
const TOLERANCE_MS = 200;

/** The calls of each token that arrived past its time. */
function expiredUses({ callsByToken, tokens }: ClientTraffic): readonly (readonly Call[])[] {
  return [...callsByToken].map(([token, calls]) => {
    const { expiresAt = Number.POSITIVE_INFINITY } = tokens.get(token) ?? {};
    return calls.filter(({ arrivedAt }) => arrivedAt > expiresAt + TOLERANCE_MS);
  });
}

export const tokenExpired: ClientOracle = {
  requirement: 'client.token.expired',
  judge: (traffic) => {
    const uses = new Set(expiredUses(traffic).flat());
    return [...traffic.callsByToken.values()]
      .flat()
      .map((call) => heldIf(!uses.has(call), call, 'a token before its expires_in', 'one past it'));
  },
};

export const tokenExpiredAgain: ClientOracle = {
  requirement: 'client.token.expired-again',
  judge: (traffic) =>
    expiredUses(traffic).flatMap((uses) =>
      uses.map((call, i) =>
        i === 0 ? held(call) : broken(call, 'a token past its expires_in used once at most', 'used again'),
      ),
    ),
};
