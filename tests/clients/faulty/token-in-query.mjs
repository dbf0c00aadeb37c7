/** Puts the token into the URL as well. */

import { begin, send } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  await send(`${environment.baseUrl}/api/v2/sessions/${sessionId}/cancel?key=${token}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
  });
}
