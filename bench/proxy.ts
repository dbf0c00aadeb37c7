/**
 * What the proxy costs: latency that it adds, and how much of a direct connection's throughput it keeps. Client, proxy and
 * target each have a process of their own. `npm run build && npx tsx bench/proxy.ts` measures it alone.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { packageRoot } from '../spec/package-root.js';

export interface ProxyCost {
  /** Milliseconds that the proxy adds to the median answer, one request at a time. */
  readonly addedMedianMs: number;
  /** Requests a second through the proxy, of those of a direct connection; 1 where it costs nothing. */
  readonly throughputRatio: number;
  readonly directPerSecond: number;
  readonly proxiedPerSecond: number;
}

const CANCEL = '/api/v2/sessions/70e694b4-b689-4e5f-a91e-913a549cb967/cancel';
const ROUNDS = 5;
const ONE_BY_ONE = 400;
const AT_ONCE = 32;
const IN_ALL = 3000;

export async function measureProxy(): Promise<ProxyCost> {
  const target = await started(fileURLToPath(new URL('proxied-target.mjs', import.meta.url)), []);
  const main = join(packageRoot, 'dist', 'cli', 'main.js');
  const proxy = await started(main, ['proxy', '--target', target.url]);
  try {
    const rounds: Round[] = [];
    // The first round warms all three up. Direct and proxied take turns, so that a busy machine hinders both alike.
    for (let i = 0; i <= ROUNDS; i += 1) rounds.push(await round(target.url, proxy.url));
    const measured = rounds.slice(1);
    const directPerSecond = median(measured.map(({ direct }) => direct.perSecond));
    const proxiedPerSecond = median(measured.map(({ proxied }) => proxied.perSecond));
    return {
      addedMedianMs: median(measured.map(({ direct, proxied }) => proxied.medianMs - direct.medianMs)),
      throughputRatio: median(measured.map(({ direct, proxied }) => proxied.perSecond / direct.perSecond)),
      directPerSecond,
      proxiedPerSecond,
    };
  } finally {
    proxy.child.kill('SIGKILL');
    target.child.kill('SIGKILL');
  }
}

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
}

/** Both tell their URL as they begin to listen. */
function started(script: string, args: readonly string[]): Promise<Started> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: mkdtempSync(join(tmpdir(), 'cancel-conformance-bench-')),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    const read = (text: Buffer) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text.toString())?.[0];
      if (url !== undefined) resolve({ child, url });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (status) => reject(new Error(`${script} ended with ${status}.`)));
  });
}

interface Measured {
  readonly medianMs: number;
  readonly perSecond: number;
}

interface Round {
  readonly direct: Measured;
  readonly proxied: Measured;
}

async function round(direct: string, proxied: string): Promise<Round> {
  return { direct: await measure(direct), proxied: await measure(proxied) };
}

async function measure(origin: string): Promise<Measured> {
  const pool = new Pool(origin, { connections: AT_ONCE });
  const ask = async () => {
    const { body } = await pool.request({
      method: 'POST',
      path: CANCEL,
      headers: { authorization: 'Bearer bench' },
    });
    await body.dump();
  };
  try {
    const times: number[] = [];
    for (let i = 0; i < ONE_BY_ONE; i += 1) {
      const before = performance.now();
      await ask();
      times.push(performance.now() - before);
    }
    const begun = performance.now();
    let left = IN_ALL;
    const lane = async () => {
      while (left-- > 0) await ask();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    return { medianMs: median(times), perSecond: IN_ALL / ((performance.now() - begun) / 1000) };
  } finally {
    await pool.close();
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await measureProxy());
