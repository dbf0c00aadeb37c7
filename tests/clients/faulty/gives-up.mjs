/** Tries once more after a 503, and no more. */

import { setTimeout as pause } from 'node:timers/promises';
import { begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  if ((await cancel(environment, token, sessionId)) !== 503) return;
  await pause(100);
  await cancel(environment, token, sessionId);
}
