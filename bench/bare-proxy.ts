/** A proxy of node:http and undici that passes on and records nothing: what any proxy made of these costs. */

import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type Dispatcher, Pool } from 'undici';

const [origin = ''] = process.argv.slice(2);
const pool = new Pool(origin, { connections: null, pipelining: 1 });
const OF_THE_CONNECTION = /^(?:host|connection|keep-alive)$/i;

/** Names and values in turn, without those that speak of one connection. */
const passed = (flat: readonly string[]) =>
  flat.filter((_, i) => !OF_THE_CONNECTION.test(flat[i - (i % 2)] ?? ''));

const into = (response: ServerResponse): Dispatcher.DispatchHandler => ({
  onRequestStart: () => {},
  onResponseStart: ({ rawHeaders }, status) => {
    response.sendDate = false;
    response.writeHead(status, passed(Array.isArray(rawHeaders) ? rawHeaders.map(String) : []));
  },
  onResponseData: (_controller, part) => void response.write(part.toString('latin1'), 'latin1'),
  onResponseEnd: () => void response.end(),
  onResponseError: () => void response.destroy(),
});

const server = createServer((request, response) => {
  const { url = '/', method = 'GET', headers, rawHeaders } = request;
  const body = 'content-length' in headers ? request : null;
  pool.dispatch({ origin, path: url, method, headers: passed(rawHeaders), body }, into(response));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (typeof address === 'object') console.error(`It listens on http://127.0.0.1:${address?.port}`);
