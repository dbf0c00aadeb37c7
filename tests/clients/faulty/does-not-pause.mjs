/** Tries again at once after a 503. */

import { begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  for (let tries = 0; tries < 4; tries += 1) {
    if ((await cancel(environment, token, sessionId)) === 200) return;
  }
}
