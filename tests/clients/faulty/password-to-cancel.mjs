/** Sends user name and password to Cancel. */

import { basicOf, begin, cancel, send } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  await send(`${environment.baseUrl}/api/v2/sessions/${sessionId}/cancel`, {
    method: 'POST',
    headers: { Authorization: basicOf(environment) },
  });
  await cancel(environment, token, sessionId);
}
