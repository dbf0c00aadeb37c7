/** Sends a name with an accent as x-client-id. */

import { begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  await cancel(environment, token, sessionId, { 'x-client-id': 'caf\u00e9' });
}
