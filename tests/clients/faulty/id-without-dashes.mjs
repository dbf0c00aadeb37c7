/** Stores ids without their dashes. */

import { begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  await cancel(environment, token, sessionId.replaceAll('-', ''));
  await cancel(environment, token, sessionId);
}
