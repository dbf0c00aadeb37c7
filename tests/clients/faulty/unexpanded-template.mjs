/** Leaves the parameter of the path as the contract has it. */

import { begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  await cancel(environment, token, '{sessionId}');
  await cancel(environment, token, sessionId);
}
