/** Judges one mutant of the mock, which runs in a process of its own so that it may hang or fall. */

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Depth } from '../../fixtures/depth.js';
import type { SessionStatus, SuppliedSession, Target } from '../../fixtures/target.js';
import { judge } from '../../judge/judge.js';
import { loadContract } from '../../spec/contract.js';

/** A run that has not ended by then is interrupted, in milliseconds. */
const TIME_LIMIT_MS = 60_000;
const START_LIMIT_MS = 15_000;
/** A mock on loopback that says nothing for so long will not. */
const TIMEOUT_MS = 5000;

export interface Fate {
  readonly fate: 'killed' | 'unusable' | 'survived';
  /** Requirements that failed, or why the mock could not be judged. */
  readonly by: readonly string[];
}

const contract = loadContract();

/**
 * @param mutant null for none
 * @returns `unusable` where no run comes to an end: no such service ever passes
 */
export async function tryMutant(
  module: string,
  mutant: string | null,
  depth: Depth,
  seed: number,
): Promise<Fate> {
  const child = fork(fileURLToPath(new URL('./mutant-mock.ts', import.meta.url)), [module], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...(mutant === null ? {} : { __STRYKER_ACTIVE_MUTANT__: mutant }) },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort({ signal: 'SIGTERM' }), TIME_LIMIT_MS);
  try {
    const target = await started(child);
    if (target === null) return { fate: 'unusable', by: ['It does not start.'] };
    const { verdict, reason, requirements } = await judge({
      target,
      contract,
      depth,
      seed,
      strict: true,
      only: [],
      timeoutMs: TIMEOUT_MS,
      concurrency: 16,
      rate: null,
      replay: null,
      signal: limit.signal,
    });
    if (verdict === 'conformant') return { fate: 'survived', by: [] };
    if (verdict === 'inconclusive') return { fate: 'unusable', by: [reason ?? ''] };
    return {
      fate: 'killed',
      by: requirements.filter(({ status }) => status === 'fail').map(({ id }) => id),
    };
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

interface Started {
  readonly url: string;
  readonly clients: Target['credentials'];
}

interface Seeded {
  readonly number: number;
  readonly session: SuppliedSession;
}

/** The mock of this process, or null where it does not come up. */
function started(child: ChildProcess): Promise<Target | null> {
  const wanted = new Map<number, (session: SuppliedSession | null) => void>();
  let number = 0;
  const supply = (status: SessionStatus) =>
    new Promise<SuppliedSession | null>((resolve) => {
      if (!child.connected) return resolve(null);
      number += 1;
      wanted.set(number, resolve);
      child.send({ number, status });
    });
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), START_LIMIT_MS);
    child.on('message', (message: Started | Seeded) => {
      if ('session' in message) {
        wanted.get(message.number)?.(message.session);
        return;
      }
      clearTimeout(timer);
      const { url, clients: credentials } = message;
      resolve({ url, embedded: true, credentials, accessToken: null, clientId: null, supply, page: null });
    });
    const gone = () => {
      clearTimeout(timer);
      resolve(null);
      for (const resolveNone of wanted.values()) resolveNone(null);
    };
    child.once('exit', gone);
    // A mutant may fall while it is being asked.
    child.on('error', gone);
  });
}
