/** Waits less each time, by so much that a busy machine does not even it out. */

import { setTimeout as pause } from 'node:timers/promises';
import { begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  for (const milliseconds of [1600, 400, 100, 0]) {
    if ((await cancel(environment, token, sessionId)) === 200) return;
    await pause(milliseconds);
  }
}
