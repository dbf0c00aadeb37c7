/** Cancels at another version of the API. */

import { begin, cancel, send } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  await send(`${environment.baseUrl}/api/v1/sessions/${sessionId}/cancel`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
  });
  await cancel(environment, token, sessionId);
}
