/** A target in a process of its own that answers at once, and always the same. */

import { createServer } from 'node:http';

const body = JSON.stringify({ sessionId: '70e694b4-b689-4e5f-a91e-913a549cb967', status: 'Cancelled' });
const server = createServer({ keepAliveTimeout: 60_000 }, (_, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
