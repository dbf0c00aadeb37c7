/** A client oracle: a check of what a client sent, and in which order, pure, over the calls of one run. */

import type { Call } from '../../fixtures/call.js';
import type { Objection } from '../oracle.js';
import type { ClientTraffic } from './traffic.js';

/** What an oracle says of one call. */
export interface ClientJudgement {
  readonly call: Call;
  /** Null where the requirement held. */
  readonly objection: Objection | null;
}

export interface ClientOracle {
  /** The requirement that it checks. */
  readonly requirement: string;
  judge(traffic: ClientTraffic): readonly ClientJudgement[];
}

export function held(call: Call): ClientJudgement {
  return { call, objection: null };
}

export function broken(call: Call, expected: string, actual: string): ClientJudgement {
  return { call, objection: { expected, actual } };
}

/** The usual end of an oracle. */
export function heldIf(holds: boolean, call: Call, expected: string, actual: string): ClientJudgement {
  return holds ? held(call) : broken(call, expected, actual);
}
