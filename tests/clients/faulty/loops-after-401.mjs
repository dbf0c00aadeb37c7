/** Authorises again, and goes on with the old token. */

import { setTimeout as pause } from 'node:timers/promises';
import { authorise, begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  for (let tries = 0; tries < 4; tries += 1) {
    if ((await cancel(environment, token, sessionId)) === 200) return;
    await pause(300);
  }
  await cancel(environment, await authorise(environment), sessionId);
}
