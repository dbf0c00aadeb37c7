/**
 * What the proxy costs: latency that it adds, and how much of a direct connection's throughput it keeps. Client, proxy and
 * target each have a process of their own.
 */

import { Pool } from 'undici';
import { median } from './median.js';
import { type Served, serveBareProxy, serveMock, serveProxy } from './processes.js';

export interface ProxyCost {
  /** Milliseconds that the proxy adds to the median answer, one request at a time. */
  readonly addedMedianMs: number;
  /** Requests a second through the proxy, of those of a direct connection; 1 where it costs nothing. */
  readonly throughputRatio: number;
  /** The same of a proxy that records nothing. */
  readonly bareThroughputRatio: number;
  readonly directPerSecond: number;
  readonly proxiedPerSecond: number;
}

/** The mock knows no such token, and answers 401 at once. */
const CANCEL = '/api/v2/sessions/70e694b4-b689-4e5f-a91e-913a549cb967/cancel';
const ROUNDS = 5;
const ONE_BY_ONE = 400;
const AT_ONCE = 32;
const IN_ALL = 3000;

export async function measureProxy(): Promise<ProxyCost> {
  const target = await serveMock();
  let proxy: Served | null = null;
  let bareProxy: Served | null = null;
  try {
    proxy = await serveProxy(target.url);
    bareProxy = await serveBareProxy(target.url);
    const rounds: Round[] = [];
    // The first round warms all up. They take turns, so that a busy machine hinders all alike.
    for (let i = 0; i <= ROUNDS; i += 1) rounds.push(await round(target.url, proxy.url, bareProxy.url));
    const measured = rounds.slice(1);
    const directPerSecond = median(measured.map(({ direct }) => direct.perSecond));
    const proxiedPerSecond = median(measured.map(({ proxied }) => proxied.perSecond));
    return {
      addedMedianMs: median(measured.map(({ direct, proxied }) => proxied.medianMs - direct.medianMs)),
      throughputRatio: median(measured.map(({ direct, proxied }) => proxied.perSecond / direct.perSecond)),
      bareThroughputRatio: median(measured.map(({ direct, bare }) => bare.perSecond / direct.perSecond)),
      directPerSecond,
      proxiedPerSecond,
    };
  } finally {
    await bareProxy?.close();
    await proxy?.close();
    await target.close();
  }
}

interface Measured {
  readonly medianMs: number;
  readonly perSecond: number;
}

interface Round {
  readonly direct: Measured;
  readonly proxied: Measured;
  readonly bare: Measured;
}

async function round(direct: string, proxied: string, bare: string): Promise<Round> {
  return { direct: await measure(direct), proxied: await measure(proxied), bare: await measure(bare) };
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
