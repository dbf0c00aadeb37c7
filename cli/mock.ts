/** The command `mock`: serves the embedded mock until it is told to end. */

import { once } from 'node:events';
import { type Mock, startMock } from '../mock/service.js';
import { UserError } from '../spec/errors.js';

export interface MockFlags {
  readonly port: number;
  readonly latency: number;
  readonly fault?: string;
  readonly variant?: string;
}

/** Ends with SIGINT and SIGTERM. */
export async function serveMock({ port, latency, fault, variant }: MockFlags): Promise<void> {
  const mock = await start(port, {
    port,
    latencyMs: latency,
    ...(fault === undefined ? {} : { fault }),
    ...(variant === undefined ? {} : { variant }),
    log: (line) => process.stdout.write(`${line}\n`),
  });
  process.stdout.write(introduction(mock));
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await mock.close();
}

async function start(port: number, options: Parameters<typeof startMock>[0]): Promise<Mock> {
  try {
    return await startMock(options);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw new UserError(
      `Port ${port} cannot be listened on (${code}).`,
      'Choose another with --port, or 0 for any.',
    );
  }
}

/** The credentials are public: they are written in the mock's source, and open nothing else. */
function introduction({ url, clients: { main, other } }: Mock): string {
  return `The mock listens on ${url}; Ctrl+C ends it. To judge it:

  CONFORMANCE_USERNAME=${main.username} CONFORMANCE_PASSWORD=${main.password} \\
  CONFORMANCE_OTHER_USERNAME=${other.username} CONFORMANCE_OTHER_PASSWORD=${other.password} \\
  cancel-conformance run --target ${url}

`;
}
