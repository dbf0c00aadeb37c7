/** Cancel Session, step by step: token, id, session, right, state. */

import type { Call, Outcome } from './behaviour.js';

export async function cancel(call: Call): Promise<Outcome> {
  const { steps } = call;
  call.token = await steps.authenticate(call, call.request.authorization);
  if (!call.token) return { kind: 'unauthorized' };
  const sessionId = await steps.readId(call, call.rawId);
  if (sessionId === undefined) return { kind: 'malformed' };
  const session = await steps.find(call, sessionId);
  if (!session) return { kind: 'unknown' };
  if (!(await steps.permit(call, session))) return { kind: 'foreign' };
  session.attempts += 1;
  if (!(await steps.terminate(call, session))) return { kind: 'not-active' };
  call.world.cancellations += 1;
  return { kind: 'cancelled', session };
}
