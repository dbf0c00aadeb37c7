/** The public API: judges a service from a program, as the command `run` does. */

import { startEmbeddedTarget } from './cli/embedded-target.js';
import { isOnLoopback } from './cli/owned.js';
import { isToken } from './cli/supplied-session.js';
import { targetUrl } from './cli/target-url.js';
import { depths } from './fixtures/depth.js';
import { type Connection, DIRECT, type Target } from './fixtures/target.js';
import { CONCURRENCY, randomSeed, TIMEOUT_MS } from './judge/defaults.js';
import { type JudgeOptions, judge as judgeTarget } from './judge/judge.js';
import type { Verdict } from './reports/verdict.js';
import { loadContract } from './spec/contract.js';
import { UserError } from './spec/errors.js';

export type { Depth } from './fixtures/depth.js';
export type {
  Connection,
  Credentials,
  SessionStatus,
  SessionSupply,
  SessionTemplate,
  SuppliedSession,
} from './fixtures/target.js';
export type { Interruption } from './judge/judge.js';
export type { Progress } from './judge/progress.js';
export type { Waiver } from './judge/waivers.js';
export type { Finding, Verdict, VerdictRequirement } from './reports/verdict.js';
export { UserError } from './spec/errors.js';

/** The service to judge, and what it is reached with; nothing is read from the environment. */
export interface Service extends Partial<Omit<Target, 'url' | 'embedded' | 'connection'>> {
  /** The base URL, with a path prefix where the service has one. */
  readonly url: string;
  /** Its sessions may be cancelled, though its host is not on loopback: cancelling ends real payments. */
  readonly iOwnThisTarget?: boolean;
  readonly connection?: Partial<Connection>;
}

/** How to judge; what is left out is as for the command `run`. */
export interface Options
  extends Partial<Omit<JudgeOptions, 'target' | 'contract' | 'onExchange' | 'onRecorded'>> {
  /** The embedded mock where left out. */
  readonly target?: Service;
  /** Another revision of the OpenAPI document, as a file. */
  readonly contract?: string;
}

/**
 * Judges a service by the published contract of Cancel Session.
 *
 * It makes sessions and cancels them. Nothing is printed or written, and no secret is in the verdict. A service that
 * cannot be judged, say since it is not reachable, is `inconclusive`, with the `reason`; that is no error.
 *
 * @example
 * const { verdict, findings } = await judge({
 *   target: { url: 'http://127.0.0.1:8080', credentials: { main: { username, password } } },
 *   depth: 'smoke',
 * });
 * @throws UserError where the options are wrong, in one sentence with a hint
 */
export async function judge(options: Options = {}): Promise<Verdict> {
  assertOptions(options);
  const {
    target,
    contract,
    depth = 'standard',
    seed = randomSeed(),
    strict = false,
    only = [],
    timeoutMs = TIMEOUT_MS,
    concurrency = CONCURRENCY,
    rate = null,
    replay = null,
    ...rest
  } = options;
  const asked = { ...rest, depth, seed, strict, only, timeoutMs, concurrency, rate, replay };
  const service = target === undefined ? await startEmbeddedTarget() : { target: targetOf(target) };
  try {
    return await judgeTarget({ ...asked, target: service.target, contract: loadContract(contract) });
  } finally {
    if ('close' in service) await service.close();
  }
}

/** @throws UserError where it may not be judged, or cannot */
function targetOf({ iOwnThisTarget = false, connection, ...given }: Service): Target {
  const url = targetUrl(given.url, 'The URL of the target');
  if (!iOwnThisTarget && !isOnLoopback(url))
    throw new UserError(
      `A run makes sessions at ${new URL(url).hostname} and cancels them, which ends real payments where it is no sandbox.`,
      'Say that you may with iOwnThisTarget.',
    );
  const { credentials = {}, accessToken = null, clientId = null, supply = null, ...rest } = given;
  if (!credentials.main && accessToken === null && supply === null)
    throw new UserError(
      'There are no credentials for the target.',
      'Give credentials.main, accessToken or supply.',
    );
  if (credentials.other && credentials.other.username === credentials.main?.username)
    throw new UserError(
      'credentials.other names the same client as credentials.main.',
      'Name another client, or leave the second one out.',
    );
  assertSendable('accessToken', accessToken);
  assertSendable('clientId', clientId);
  return {
    ...rest,
    url,
    embedded: false,
    credentials,
    accessToken,
    clientId,
    supply,
    connection: { ...DIRECT, ...connection },
  };
}

/** The value, which may be a secret, is not repeated. */
function assertSendable(name: string, value: string | null): void {
  if (value === null || isToken(value)) return;
  throw new UserError(
    `${name} holds a space or a character that a header cannot carry.`,
    'Give it without quotes, line breaks and "Bearer".',
  );
}

/** What timers and seeds hold. */
const LARGEST = 2 ** 31 - 1;

/** Programs in JavaScript are not held to the types. */
function assertOptions({ depth, seed, rate, ...others }: Options): void {
  const { runs, maxSessions, maxDurationMs, timeoutMs, concurrency } = others;
  if (depth !== undefined && !depths.includes(depth))
    throw new UserError(`depth is ${JSON.stringify(depth)}.`, `Give one of ${depths.join(', ')}.`);
  const wholes = { runs, maxSessions, maxDurationMs, timeoutMs, concurrency };
  for (const [name, value] of Object.entries(wholes)) assertWhole(name, value, 1);
  assertWhole('seed', seed, 0);
  if (rate !== undefined && rate !== null && !(rate > 0 && Number.isFinite(rate)))
    throw new UserError(`rate is ${JSON.stringify(rate)}.`, 'Give a number above 0, or null for no limit.');
}

function assertWhole(name: string, value: number | undefined, smallest: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= smallest && value <= LARGEST)) return;
  throw new UserError(
    `${name} is ${JSON.stringify(value)}.`,
    `Give a whole number from ${smallest} to ${LARGEST}.`,
  );
}
