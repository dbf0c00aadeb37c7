/** Never looks at expires_in; told the credentials of a client whose tokens live one second. */

import { setTimeout as pause } from 'node:timers/promises';
import { authorise, begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  await pause(1300);
  await cancel(environment, token, sessionId);
  await cancel(environment, token, sessionId);
  await cancel(environment, await authorise(environment), sessionId);
}
