/**
 * What the proxy costs: latency that it adds, and how much of a direct connection's throughput it keeps. Client, proxy and
 * target each have a process of their own.
 */

import { Pool } from 'undici';
import { authorize, initiate, textIn } from './calls.js';
import { median } from './median.js';
import { type Served, serveBareProxy, serveMock, serveProxy } from './processes.js';

export interface ProxyCost {
  /** Milliseconds that the proxy adds to the median answer, one request at a time. */
  readonly addedMedianMs: number;
  /** What a client does: it gets a token, makes a session, reads it, cancels it and cancels it again. */
  readonly visits: Throughput;
  /** Refusals alone, the cheapest answers that a target gives. */
  readonly refusals: Throughput;
}

export interface Throughput {
  /** Requests a second through the proxy, of those of a direct connection; 1 where it costs nothing. */
  readonly ratio: number;
  /** The same of a proxy that records nothing. */
  readonly bareRatio: number;
  readonly directPerSecond: number;
  readonly proxiedPerSecond: number;
}

const ROUNDS = 7;
const ONE_BY_ONE = 400;
const AT_ONCE = 32;
const IN_ALL = 6000;

export async function measureProxy(): Promise<ProxyCost> {
  const target = await serveMock();
  let proxy: Served | null = null;
  let bareProxy: Served | null = null;
  try {
    proxy = await serveProxy(target.url);
    bareProxy = await serveBareProxy(target.url);
    const rounds: Round[] = [];
    // The first round warms all up. They take turns, so that a busy machine hinders all alike.
    for (let i = 0; i <= ROUNDS; i += 1) {
      rounds.push({
        direct: await measure(target.url),
        proxied: await measure(proxy.url),
        bare: await measure(bareProxy.url),
      });
    }
    const measured = rounds.slice(1);
    return {
      addedMedianMs: median(measured.map(({ direct, proxied }) => proxied.medianMs - direct.medianMs)),
      visits: throughputOf(measured, ({ visitsPerSecond }) => visitsPerSecond),
      refusals: throughputOf(measured, ({ refusalsPerSecond }) => refusalsPerSecond),
    };
  } finally {
    await bareProxy?.close();
    await proxy?.close();
    await target.close();
  }
}

/** All in requests, a visit's too. */
interface Measured {
  readonly medianMs: number;
  readonly visitsPerSecond: number;
  readonly refusalsPerSecond: number;
}

interface Round {
  readonly direct: Measured;
  readonly proxied: Measured;
  readonly bare: Measured;
}

function throughputOf(rounds: readonly Round[], of: (measured: Measured) => number): Throughput {
  return {
    ratio: median(rounds.map(({ direct, proxied }) => of(proxied) / of(direct))),
    bareRatio: median(rounds.map(({ direct, bare }) => of(bare) / of(direct))),
    directPerSecond: median(rounds.map(({ direct }) => of(direct))),
    proxiedPerSecond: median(rounds.map(({ proxied }) => of(proxied))),
  };
}

async function measure(origin: string): Promise<Measured> {
  const pool = new Pool(origin, { connections: AT_ONCE });
  try {
    const times: number[] = [];
    for (let i = 0; i < ONE_BY_ONE; i += 1) {
      const before = performance.now();
      await beRefused(pool);
      times.push(performance.now() - before);
    }
    return {
      medianMs: median(times),
      visitsPerSecond: await perSecond(() => visit(pool), REQUESTS_OF_A_VISIT),
      refusalsPerSecond: await perSecond(() => beRefused(pool), 1),
    };
  } finally {
    await pool.close();
  }
}

/** @param requests how many one turn sends */
async function perSecond(turn: () => Promise<void>, requests: number): Promise<number> {
  const begun = performance.now();
  let left = IN_ALL / requests;
  const lane = async () => {
    while (left-- > 0) await turn();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return IN_ALL / ((performance.now() - begun) / 1000);
}

/** The mock knows no such token, and answers 401 at once. */
async function beRefused(pool: Pool): Promise<void> {
  await ask(pool, cancelOf('70e694b4-b689-4e5f-a91e-913a549cb967'), { authorization: 'Bearer bench' }, 401);
}

const REQUESTS_OF_A_VISIT = 5;

async function visit(pool: Pool): Promise<void> {
  const granted = await ask(pool, { method: 'POST', ...authorize }, {}, 200);
  const headers = { authorization: `Bearer ${textIn(granted, 'access_token')}` };
  const made = await ask(pool, { method: 'POST', ...initiate }, headers, 201);
  const id = textIn(made, 'sessionId');
  await ask(pool, { method: 'GET', path: `/api/v2/sessions/${id}/details` }, headers, 200);
  await ask(pool, cancelOf(id), headers, 200);
  await ask(pool, cancelOf(id), headers, 400);
}

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const cancelOf = (id: string): Asked => ({ method: 'POST', path: `/api/v2/sessions/${id}/cancel` });

/** What came back; a proxy that answers something else is not measured. */
async function ask(
  pool: Pool,
  { method, path, headers = {}, body }: Asked,
  credentials: Readonly<Record<string, string>>,
  status: number,
): Promise<unknown> {
  const answer = await pool.request({
    method,
    path,
    headers: { ...headers, ...credentials },
    body: body ?? null,
  });
  const text = await answer.body.text();
  if (answer.statusCode !== status)
    throw new Error(`${method} ${path} was answered ${answer.statusCode}: ${text}`);
  return JSON.parse(text);
}
