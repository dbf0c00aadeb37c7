/** Forgets the token. */

import { begin, cancel, send } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  await send(`${environment.baseUrl}/api/v2/sessions/${sessionId}/cancel`, { method: 'POST' });
  await cancel(environment, token, sessionId);
}
