/** A good client on axios. */

import axios from 'axios';
import { cancelOne } from './cancelling.mjs';

async function send({ method, url, headers, body }) {
  const {
    status,
    headers: received,
    data,
  } = await axios.request({
    method,
    url,
    headers,
    data: body,
    timeout: 5000,
    proxy: false,
    validateStatus: () => true,
  });
  return { status, retryAfter: received['retry-after'], json: data };
}

export default (environment) => cancelOne(send, environment);
