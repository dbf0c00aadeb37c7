/** Reads the session's id from a member that is not there. */

import { begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  await cancel(environment, token, {}.id);
  await cancel(environment, token, sessionId);
}
