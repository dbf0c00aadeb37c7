/** The command `mock`: serves the embedded mock until it is told to end. */

import { once } from 'node:events';
import { CallLog, type Control, type Controlled, startControl } from '../mock/control.js';
import { scenarioNamed } from '../mock/scenarios/index.js';
import { type Mock, startMock } from '../mock/service.js';
import { plain } from '../reports/plain-text.js';
import { readVerdict } from '../reports/read-verdict.js';
import type { Verdict } from '../reports/verdict.js';
import { systemCode, UserError } from '../spec/errors.js';

export interface MockFlags {
  readonly port: number;
  readonly latency: number;
  readonly fault?: string;
  readonly variant?: string;
  readonly scenario?: string;
  readonly controlPort?: number;
  readonly like?: string;
}

/** Ends with SIGINT and SIGTERM. */
export async function serveMock(flags: MockFlags): Promise<void> {
  const { port, latency, fault, variant, scenario, controlPort, like } = flags;
  const calls = new CallLog();
  const mock = await start(port, {
    port,
    latencyMs: latency,
    ...(fault === undefined ? {} : { fault }),
    ...(variant === undefined ? {} : { variant }),
    ...(like === undefined ? {} : { like: observationsIn(like) }),
    ...(scenario === undefined ? {} : { scenario: scenarioNamed(scenario) }),
    ...(controlPort === undefined ? {} : { onCall: (call) => calls.add(call) }),
    log: (line) => process.stdout.write(`${line}\n`),
  });
  const control = controlPort === undefined ? null : await controlOf({ mock, calls }, controlPort);
  // Who reads that it listens may end it at once.
  const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  process.stdout.write(introduction(mock));
  if (control !== null) process.stdout.write(`It is controlled at ${control.url}.\n\n`);
  await ended;
  await control?.close();
  await mock.close();
}

async function controlOf(controlled: Controlled, port: number): Promise<Control> {
  try {
    return await startControl(controlled, port);
  } catch (error) {
    await controlled.mock.close();
    throw error;
  }
}

/** @throws UserError where there is nothing to be like */
function observationsIn(place: string): Verdict['observations'] {
  const { observations } = readVerdict(place);
  if (observations.length > 0) return observations;
  throw new UserError(
    `${place} holds no observations, so that there is nothing to be like.`,
    'Judge the service again with this version.',
  );
}

async function start(port: number, options: Parameters<typeof startMock>[0]): Promise<Mock> {
  try {
    return await startMock(options);
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw new UserError(
      `Port ${port} cannot be listened on (${code}).`,
      'Choose another with --port, or 0 for any.',
    );
  }
}

/** The credentials are public: they are written in the mock's source, and open nothing else. */
function introduction({ url, clients: { main, other }, notImitated }: Mock): string {
  const rest = notImitated.map((sentence) => `  ${plain(sentence)}\n`).join('');
  return `${rest === '' ? '' : `Not imitated:\n${rest}\n`}The mock listens on ${url}; Ctrl+C ends it. To judge it:

  CONFORMANCE_USERNAME=${main.username} CONFORMANCE_PASSWORD=${main.password} \\
  CONFORMANCE_OTHER_USERNAME=${other.username} CONFORMANCE_OTHER_PASSWORD=${other.password} \\
  cancel-conformance run --target ${url}

`;
}
