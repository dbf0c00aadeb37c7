/** Has a token in its code. */

import { begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  await cancel(environment, 'a-token-from-somewhere-else', sessionId);
  await cancel(environment, token, sessionId);
}
