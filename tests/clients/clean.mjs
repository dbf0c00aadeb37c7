/** A client without dependencies that does one thing rightly: it initiates a session and cancels it. */

import { begin, cancel } from './faulty/api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  const status = await cancel(environment, token, sessionId);
  if (status !== 200) throw new Error(`Cancel answered ${status}.`);
}
