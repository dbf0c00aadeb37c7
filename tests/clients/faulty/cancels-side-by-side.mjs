/** Cancels one session from two places at once. */

import { begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  const both = [cancel(environment, token, sessionId), cancel(environment, token, sessionId)];
  await Promise.all(both);
}
