/** Initiates two sessions with one token. */

import { authorise, begin, cancel, initiate } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  const second = await initiate(environment, token);
  if (second === undefined)
    await initiate(environment, await authorise(environment)).then((id) => cancel(environment, token, id));
  await cancel(environment, token, sessionId);
}
