import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chromiumPath } from '../fixtures/hosted-page/chromium.js';
import { command, commandProcess, emptyFolder } from './command.js';

const CREDENTIALS = { CONFORMANCE_USERNAME: 'partner', CONFORMANCE_PASSWORD: 'open-sesame-42' };

/** A server for as long as `use` takes. */
async function serving<T>(listener: RequestListener, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await use(`http://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Authorize and Initiate as they should be; everything else with 200 and `{}`. */
const agreeable: RequestListener = (request, response) => {
  response.setHeader('content-type', 'application/json');
  if (request.url === '/api/v1/authorize')
    response.end('{"access_token":"a-token-of-some-length","expires_in":299}');
  else if (request.url === '/api/v2/sessions') {
    response.statusCode = 201;
    response.end(JSON.stringify({ sessionId: crypto.randomUUID(), referenceId: null }));
  } else response.end('{}');
};

describe('the command', () => {
  it('finds the embedded mock conformant', async () => {
    const { status, stdout, verdict } = await command(['--depth', 'smoke', '--seed', '7']);
    expect(stdout).toContain('conformant');
    expect(status).toBe(0);
    expect(verdict()).toMatchObject({
      schemaVersion: 1,
      verdict: 'conformant',
      exitCode: 0,
      reason: null,
      seed: 7,
      findings: [],
    });
  });

  it('finds a server nonconformant that answers everything with 200 and {}, and shows no secret', async () => {
    const ended = await serving(agreeable, (url) =>
      command(['run', '--target', url, '--depth', 'smoke'], { env: CREDENTIALS }),
    );
    const reports = join(ended.folder, 'conformance-report');
    const files = readdirSync(reports).map((name) => readFileSync(join(reports, name), 'utf8'));
    const all = [ended.stdout, ended.stderr, ...files].join('\n');
    expect(ended.status).toBe(1);
    expect(ended.stdout).toContain('token.missing');
    expect(ended.stdout).toContain('--replay');
    expect(ended.verdict()).toMatchObject({ verdict: 'nonconformant', exitCode: 1 });
    expect(all).not.toContain('open-sesame-42');
    expect(all).not.toContain('a-token-of-some-length');
  });

  it('cannot judge where nobody listens, and says so in verdict.json', async () => {
    const { status, stdout, verdict } = await command(['run', '--target', 'http://127.0.0.1:9'], {
      env: CREDENTIALS,
    });
    expect(status).toBe(2);
    expect(stdout).toContain('no connection');
    expect(verdict()).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
  });

  it.each([401, 403])('cannot judge where the credentials are refused with %i', async (refusal) => {
    const ended = await serving(
      (_, response) => {
        response.statusCode = refusal;
        response.end();
      },
      (url) => command(['run', '--target', url], { env: CREDENTIALS }),
    );
    expect(ended.status).toBe(2);
    expect(ended.stdout).toContain('CONFORMANCE_USERNAME');
    expect(ended.verdict()).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
  });

  it('cannot judge where Initiate refuses', async () => {
    const ended = await serving(
      (request, response) => {
        if (request.url !== '/api/v2/sessions') return agreeable(request, response);
        response.statusCode = 403;
        response.end();
      },
      (url) => command(['run', '--target', url], { env: CREDENTIALS }),
    );
    expect(ended.status).toBe(2);
    expect(ended.stdout).toContain('Initiate answered 403');
  });

  it.each([
    ['an empty flag', ['--target', ''], 'is empty'],
    ['a stray argument', ['run', 'http://localhost'], '--target URL'],
    ['a time-out of 0', ['--timeout', '0'], '--timeout'],
    ['a number that is none', ['--concurrency', 'many'], '--concurrency'],
    ['a rate of 0', ['--rate', '0'], '--rate'],
    ['an unknown depth', ['--depth', 'bottomless'], 'standard'],
    ['an unknown option', ['--sed', '1'], '--seed'],
    ['an unknown command', ['rnu'], 'run'],
    ['a URL that is none', ['--target', 'sandbox'], 'not a URL'],
    ['another scheme', ['--target', 'ftp://localhost'], 'http'],
    ['a query', ['--target', 'http://localhost?x=1'], 'query'],
    ['an id that matches nothing', ['--only', 'cancel.twise'], 'cancel.twice'],
    ['a foreign target without credentials', ['--target', 'http://127.0.0.1:9'], 'CONFORMANCE_USERNAME'],
    ['an unknown fault', ['mock', '--fault', 'twice.alwais'], 'twice.always'],
  ])('refuses %s in one line, and touches nothing', async (_, args, told) => {
    const { status, stdout, stderr, verdict } = await command(args);
    expect(stderr).toContain(told);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
    expect(status).toBe(2);
    expect(verdict()).toBeUndefined();
  });

  it('does not repeat a password that stands in the URL', async () => {
    const { status, stderr } = await command(['--target', 'http://user:open-sesame-42@localhost']);
    expect(status).toBe(2);
    expect(stderr).not.toContain('open-sesame-42');
  });

  // Few sessions, as a busy machine cleans up no more within the time that an interrupted run takes for it.
  const long = ['run', '--depth', 'deep', '--max-sessions', '20'];

  it('cleans up and says so when it is interrupted', async () => {
    const ended = await commandProcess(long, {
      begun: (child) => void child.stderr?.once('data', () => setTimeout(() => child.kill('SIGINT'), 1000)),
    });
    expect(ended.status).toBe(130);
    expect(ended.verdict()).toMatchObject({
      verdict: 'inconclusive',
      exitCode: 130,
      usage: { leftActive: [] },
    });
  });

  it.skipIf(chromiumPath === null)('cleans up also where a browser is open', async () => {
    const folder = emptyFolder();
    const browser = join(folder, 'browser');
    const interrupting = `#!/bin/sh\n(sleep 1; kill -INT $PPID) &\nexec '${chromiumPath}' "$@"\n`;
    writeFileSync(browser, interrupting, { mode: 0o700 });
    const ended = await commandProcess(long, {
      env: { CONFORMANCE_CHROMIUM: browser },
      folder,
    });
    expect(ended.status).toBe(130);
    expect(ended.verdict()).toMatchObject({ exitCode: 130, usage: { leftActive: [] } });
  });
});
