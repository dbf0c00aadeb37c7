/** Waits less each time. */

import { setTimeout as pause } from 'node:timers/promises';
import { begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  for (const milliseconds of [400, 200, 100, 0]) {
    if ((await cancel(environment, token, sessionId)) === 200) return;
    await pause(milliseconds);
  }
}
