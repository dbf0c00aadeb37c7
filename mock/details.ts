/** Session Details, which tell a session's state to the client that owns it. */

import type { Call, Outcome } from './behaviour.js';

export async function details(call: Call): Promise<Outcome> {
  const { steps } = call;
  call.token = await steps.authenticate(call, call.request.authorization);
  if (!call.token) return { kind: 'unauthorized' };
  const sessionId = await steps.readId(call, call.rawId);
  if (sessionId === undefined) return { kind: 'malformed' };
  const session = await steps.find(call, sessionId);
  if (!session) return { kind: 'unknown' };
  if (!(await steps.permit(call, session))) return { kind: 'foreign' };
  return { kind: 'done', status: 200, value: await steps.describe(call, session) };
}
