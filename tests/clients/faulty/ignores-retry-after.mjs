/** Waits as long as it likes after a 429. */

import { setTimeout as pause } from 'node:timers/promises';
import { begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  while ((await cancel(environment, token, sessionId)) === 429) await pause(200);
}
