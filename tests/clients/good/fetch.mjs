/** A good client on undici's fetch. */

import { fetch } from 'undici';
import { cancelOne } from './cancelling.mjs';

async function send({ method, url, headers, body }) {
  const answer = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(5000) });
  return {
    status: answer.status,
    retryAfter: answer.headers.get('retry-after'),
    json: await answer.json(),
  };
}

export default (environment) => cancelOne(send, environment);
