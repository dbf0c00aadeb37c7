/** Cancels one session of two. */

import { begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  await begin(environment);
  await cancel(environment, token, sessionId);
}
