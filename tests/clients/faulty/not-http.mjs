/** Writes its requests by hand, and ends a header's name with a space. */

import { once } from 'node:events';
import { connect } from 'node:net';
import { begin, cancel } from './api.mjs';

export default async function client(environment) {
  const { token, sessionId } = await begin(environment);
  const { hostname, port } = new URL(environment.baseUrl);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /api/v2/sessions/${sessionId}/cancel HTTP/1.1\r\nHost : ${hostname}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  );
  await once(socket.resume(), 'close');
  await cancel(environment, token, sessionId);
}
