/** A client that looks whether its cancellation lasts, by cancelling once more. */

import { begin, cancel } from './faulty/api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  await cancel(environment, token, sessionId);
  await cancel(environment, token, sessionId);
}
