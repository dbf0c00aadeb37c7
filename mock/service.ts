/** The embedded service: a stateful server of Cancel Session and of the endpoints around it, on node:http. */

import type { ServerResponse } from 'node:http';
import { type Call, ordinarySettings, type Settings, type Steps, type World } from './behaviour.js';
import { entry } from './catalogue.js';
import { faults } from './faults/index.js';
import { type PageRoute, pageRoute } from './hosted-page.js';
import { likenessOf, type Observation } from './like/index.js';
import { type Request, readRequest } from './request.js';
import { routeOf } from './routes.js';
import { playing, type Scenario } from './scenario.js';
import { listen } from './server.js';
import { type SessionStatus, SessionStore } from './sessions.js';
import { ordinarySteps } from './steps.js';
import { type Credentials, clients, opaqueToken, TokenRegistry } from './tokens.js';
import { variants } from './variants/index.js';

export type { SessionStatus } from './sessions.js';
export type { Credentials } from './tokens.js';

interface SeededSession {
  readonly sessionId: string;
  readonly referenceId: string | null;
  readonly accessToken: string;
}

export interface MockOptions {
  /** 0, any free port, by default */
  readonly port?: number;
  /** 127.0.0.1 by default */
  readonly host?: string;
  /** added to every answer */
  readonly latencyMs?: number;
  /** the id of a fault */
  readonly fault?: string;
  /** the id of a variant */
  readonly variant?: string;
  /** what happens to the first cancels of each session */
  readonly scenario?: Scenario;
  /** what was observed of a service, to answer as it does where it was free to choose */
  readonly like?: readonly Observation[];
  /** called with one line a request: time, method, path without its query, status, milliseconds */
  readonly log?: (line: string) => void;
  /** called with every request that ends */
  readonly onCall?: (call: ServedCall) => void;
}

/** A request that the mock served. */
export interface ServedCall {
  /** as ISO 8601 writes it */
  readonly at: string;
  readonly method: string;
  /** without its query */
  readonly path: string;
  /** null where the connection ended before an answer */
  readonly status: number | null;
  readonly durationMs: number;
}

export interface Mock {
  /** the base URL, with the base path where the variant has one */
  readonly url: string;
  /**
   * `brief` is the twin of `main`: the same sessions and rights, but its tokens live one second, so that a
   * run sees an expired token without a long wait.
   */
  readonly clients: { readonly main: Credentials; readonly other: Credentials; readonly brief: Credentials };
  /** What is not imitated of the service that the mock is like, a sentence each. */
  readonly notImitated: readonly string[];
  /** Makes a session in this status for the main client, with a valid token of that client. */
  seed(status: SessionStatus): SeededSession;
  /** Lets a token be valid no more; says whether there is such a token. */
  expire(accessToken: string): boolean;
  /** Ends all connections. */
  close(): Promise<void>;
}

/**
 * @throws UserError where there is no such fault or variant, or the port cannot be had
 * @example const mock = await startMock({ fault: 'twice.always' })
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { steps, settings, notImitated } = behaviourOf(options);
  const world: World = {
    sessions: new SessionStore(settings.countsIds),
    tokens: new TokenRegistry(settings.tokenSeconds),
    settings,
    cancels: 0,
    cancellations: 0,
  };
  const log = options.log ?? (() => {});
  const told = (call: ServedCall) => {
    options.onCall?.(call);
    log(lineOf(call));
  };
  const { port = 0, host = '127.0.0.1' } = options;
  const server = await listen(port, host, settings.requestsPerConnection, (incoming, response) => {
    const request = readRequest(incoming);
    const page = pageRoute(request, settings.basePath);
    void handle(callOf(request, response, world, steps, page), page, told, log);
  });
  return {
    url: `${server.origin}${settings.basePath}`,
    clients: { main: published('main'), other: published('other'), brief: published('brief') },
    notImitated,
    seed: (status) => seed(world, status),
    expire: (accessToken) => expire(world, accessToken),
    close: server.close,
  };
}

interface Behaviour {
  readonly steps: Steps;
  readonly settings: Settings;
  readonly notImitated: readonly string[];
}

function behaviourOf(options: MockOptions): Behaviour {
  const variant = options.variant === undefined ? undefined : entry('variant', variants, options.variant);
  const fault = options.fault === undefined ? undefined : entry('fault', faults, options.fault);
  const played = options.scenario === undefined ? [] : playing(options.scenario);
  const like = options.like === undefined ? undefined : likenessOf(options.like);
  const changes = [
    ...(like?.changes ?? []),
    ...(variant?.changes ?? []),
    ...(fault ? [fault.change] : []),
    ...played,
  ];
  const latencyMs = options.latencyMs ?? 0;
  return {
    steps: changes.reduce((steps, change) => change(steps), ordinarySteps),
    settings: { ...ordinarySettings, latencyMs, ...like?.settings, ...variant?.settings },
    notImitated: like?.notImitated ?? [],
  };
}

function callOf(
  request: Request,
  response: ServerResponse,
  world: World,
  steps: Steps,
  page: PageRoute | null,
): Call {
  const { normalise, basePath } = world.settings;
  const { operation, rawId } = page ?? routeOf(normalise(request.path), basePath);
  if (operation === 'cancel') world.cancels += 1;
  const subject = world.sessions.find(rawId);
  const number = world.cancels;
  return {
    request,
    response,
    operation,
    rawId,
    world,
    steps,
    number,
    subject,
    token: undefined,
    outcome: undefined,
  };
}

async function handle(
  call: Call,
  page: PageRoute | null,
  told: (call: ServedCall) => void,
  log: (line: string) => void,
): Promise<void> {
  const { request, response, operation, steps, subject } = call;
  const started = performance.now();
  const named = operation === 'cancel' ? subject : undefined;
  response.once('close', () => {
    if (named) named.underWay -= 1;
    const status = response.headersSent ? response.statusCode : null;
    const durationMs = performance.now() - started;
    told({ at: new Date().toISOString(), method: request.method, path: request.path, status, durationMs });
  });
  if (named) named.underWay += 1;
  try {
    const answer = page === null ? steps.serve(call, operation) : steps.page(call, page.part);
    await steps.send(call, await answer);
  } catch (error) {
    // a connection that goes away while its request is read is nobody's mistake; anything else is the mock's own
    if (!response.destroyed) log(`The mock failed: ${error instanceof Error ? error.stack : String(error)}`);
    response.destroy();
  }
}

function lineOf({ at, method, path, status, durationMs }: ServedCall): string {
  return `${at} ${method} ${printable(path)} ${status ?? '-'} ${durationMs.toFixed(1)} ms`;
}

/** Control characters would let a request write log lines of its own. */
const printable = (text: string): string =>
  text.replace(/[^\x21-\x7e]/g, (letter) => encodeURIComponent(letter));

function seed({ sessions, tokens }: World, status: SessionStatus): SeededSession {
  const { value: accessToken } = tokens.issue(clients.main, opaqueToken());
  const order = {
    referenceId: `seed-${sessions.all().length + 1}`,
    amount: 10,
    type: 'e-Transfer',
    direction: 'DEBIT',
    currency: 'CAD',
    payor: { firstName: 'Ada', lastName: 'Example', email: 'ada@example.com' },
    payee: null,
    schedule: null,
  };
  const session = sessions.add(clients.main.account, accessToken, order, 'Initiated');
  sessions.overwrite(session, status);
  return { sessionId: session.sessionId, referenceId: session.referenceId, accessToken };
}

function expire({ tokens }: World, accessToken: string): boolean {
  const token = tokens.find(accessToken);
  if (token !== undefined) tokens.end(token);
  return token !== undefined;
}

function published(name: keyof typeof clients): Credentials {
  const { username, password } = clients[name];
  return { username, password };
}
