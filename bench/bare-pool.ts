/** Sends what a run had sent through a pool of undici, and looks at nothing: the most that could be had. */

import { readFileSync } from 'node:fs';
import { type Dispatcher, Pool } from 'undici';
import type { Request } from '../fixtures/exchange.js';

interface Asked {
  readonly url: string;
  readonly concurrency: number;
  readonly record: string;
}

const { url, concurrency, record }: Asked = JSON.parse(process.argv[2] ?? '');
const requests: Request[] = readFileSync(record, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): Request => JSON.parse(line))
  .filter(sendable);
const pool = new Pool(url, { connections: concurrency, pipelining: 1 });

/** undici refuses some of what the harness sends on connections of its own. */
function sendable({ path, headers }: Request): boolean {
  const plain = /^[\t\x20-\x7e]*$/;
  const own = ['content-length', 'connection', 'host', 'transfer-encoding', 'expect', 'upgrade'];
  return (
    /^\/[\x21-\x7e]*$/.test(path) &&
    headers.every(([name, value]) => plain.test(value) && !own.includes(name.toLowerCase()))
  );
}

let next = 0;
const start = performance.now();
await Promise.all(
  Array.from({ length: concurrency }, async () => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      const { body } = await pool.request({
        method: request.method as Dispatcher.HttpMethod,
        path: request.path,
        headers: request.headers.flat(),
        body: request.body,
      });
      await body.text();
    }
  }),
);
const seconds = (performance.now() - start) / 1000;
await pool.close();
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ exchanges: requests.length, seconds, megabytes })}\n`);
