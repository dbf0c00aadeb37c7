/** A client whose tests break requirements on purpose, and say so; of one they do not. */

import { begin, cancel } from './faulty/api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  const deliberate = { 'x-conformance-deliberate': 'client.token.issued, client.cancel.request' };
  await cancel(environment, 'a-token-that-nobody-issued', sessionId, deliberate);
  await cancel(environment, token, 'undefined', deliberate);
  await cancel(environment, token, sessionId, { ...deliberate, Accept: 'image/png' });
}
