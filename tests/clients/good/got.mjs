/** A good client on got, whose own retries are left off. */

import got from 'got';
import { cancelOne } from './cancelling.mjs';

async function send({ method, url, headers, body }) {
  const answer = await got(url, {
    method,
    headers,
    body,
    timeout: { request: 5000 },
    retry: { limit: 0 },
    throwHttpErrors: false,
  });
  return {
    status: answer.statusCode,
    retryAfter: answer.headers['retry-after'],
    json: JSON.parse(answer.body),
  };
}

export default (environment) => cancelOne(send, environment);
