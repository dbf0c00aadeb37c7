/** Tries again almost at once, until it works; its pauses grow, but by far too little. */

import { setTimeout as pause } from 'node:timers/promises';
import { begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  for (let tries = 0; tries < 9; tries += 1) {
    if ((await cancel(environment, token, sessionId)) === 200) return;
    await pause(60 + 25 * tries);
  }
}
