/** A run of the harness with all oracles on; with `record` it writes down what it sends. */

import { createWriteStream } from 'node:fs';
import type { Depth } from '../fixtures/depth.js';
import { judge } from '../judge/judge.js';
import { clients } from '../mock/tokens.js';
import { loadContract } from '../spec/contract.js';

interface Asked {
  readonly url: string;
  readonly depth: Depth;
  readonly concurrency: number;
  readonly runs?: number;
  readonly record?: string;
}

const asked: Asked = JSON.parse(process.argv[2] ?? '');
const { url, depth, concurrency, runs, record } = asked;
const written = record === undefined ? null : createWriteStream(record);
const start = performance.now();
const verdict = await judge({
  target: {
    url,
    embedded: false,
    credentials: clients,
    accessToken: null,
    clientId: null,
    supply: null,
  },
  contract: loadContract(),
  depth,
  seed: 1,
  strict: false,
  only: [],
  timeoutMs: 10_000,
  concurrency,
  rate: null,
  replay: null,
  ...(runs !== undefined && { runs }),
  ...(written !== null && { onExchange: ({ request }) => written.write(`${JSON.stringify(request)}\n`) }),
});
const seconds = (performance.now() - start) / 1000;
written?.end();
if (verdict.verdict !== 'conformant') throw new Error(`The mock was judged ${verdict.verdict}.`);
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ exchanges: verdict.exchanges, seconds, megabytes })}\n`);
