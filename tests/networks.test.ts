import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import {
  request as ask,
  createServer as createPlainServer,
  type IncomingMessage,
  type RequestListener,
} from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../mock/service.js';
import { packageRoot } from '../spec/package-root.js';
import { command, emptyFolder } from './command.js';

const file = (name: string) => join(packageRoot, 'tests', 'networks', name);
const pem = (name: string) => readFileSync(file(name), 'utf8');
const OWN = { cert: pem('server.pem'), key: pem('server-key.pem') };

let mock: Mock;
const servers: Server[] = [];
beforeAll(async () => {
  mock = await startMock();
});
afterAll(async () => {
  for (const server of servers) server.close();
  await mock.close();
});

async function listening(server: Server, host = '127.0.0.1'): Promise<number> {
  servers.push(server);
  await once(server.listen(0, host), 'listening');
  return (server.address() as AddressInfo).port;
}

/** Hands on to the mock what passes `accepts`; anything else is answered 403. */
const gateway =
  (accepts: (request: IncomingMessage) => boolean, to: () => Mock = () => mock): RequestListener =>
  (request, response) => {
    if (!accepts(request)) {
      response.writeHead(403).end(JSON.stringify(request.headers));
      return;
    }
    const { method, url, headers, rawHeaders } = request;
    const onward = ask(new URL(to().url), { method, path: url, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.rawHeaders);
      answer.pipe(response);
    });
    // As they came: of what came twice Node would keep one.
    if (rawHeaders.filter((name) => /^authorization$/i.test(name)).length > 1)
      onward.setHeader('Authorization', 'Bearer two-lines');
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  };

const all = gateway(() => true);

async function secure(options: ServerOptions, listener: RequestListener = all): Promise<string> {
  return `https://localhost:${await listening(createSecureServer(options, listener), 'localhost')}`;
}

/** Requirements that an ordinary run comes to, of every transport: suites, volume, bytes, and races. */
const SOME = ['--only', 'cancel.concurrent,cancel.page-example'];

function credentials(): Readonly<Record<string, string>> {
  const { username, password } = mock.clients.main;
  return { CONFORMANCE_USERNAME: username, CONFORMANCE_PASSWORD: password };
}

function run(
  url: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  folder = emptyFolder(),
) {
  return command(
    ['run', '--target', url, '--depth', 'smoke', '--seed', '2', '--max-sessions', '8', ...SOME, ...args],
    {
      env: { ...credentials(), ...env },
      folder,
    },
  );
}

describe('a private CA', () => {
  it('is named as the cause, and --ca trusts it', async () => {
    const url = await secure(OWN);
    const without = await run(url);
    expect(without.stdout.replace(/\s+/g, ' ')).toContain('the certificate is not trusted');
    expect(without.stdout.replace(/\s+/g, ' ')).toContain('--ca FILE trusts a private CA');
    expect(without.status).toBe(2);
    const trusted = await run(url, ['--ca', file('ca.pem')]);
    expect(trusted.verdict()).toMatchObject({ verdict: 'conformant', reason: null });
  });

  it('does not make up for a certificate of another name; --insecure does, and says so', async () => {
    const url = await secure({ cert: pem('stranger.pem'), key: pem('stranger-key.pem') });
    const wrong = await run(url, ['--ca', file('ca.pem')]);
    expect(wrong.stdout).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(wrong.status).toBe(2);
    const insecure = await run(url, ['--insecure']);
    expect(insecure.verdict()).toMatchObject({ verdict: 'conformant', target: { insecure: true } });
    expect(insecure.stdout).toContain('ertificate was not verified');
  });

  it.each([
    ['is missing', 'nowhere.pem', 'cannot be read'],
    ['holds none', 'server-key.pem', 'holds no certificates'],
  ])('whose file %s is told before the run', async (_, name, told) => {
    const { status, stderr, verdict } = await run('https://localhost:1', ['--ca', file(name)]);
    expect(stderr).toContain(told);
    expect(status).toBe(2);
    expect(verdict()).toBeUndefined();
  });
});

describe('a configured target', () => {
  it('gets the client certificate and the headers of its gateway, and shows neither', async () => {
    const url = await secure(
      { ...OWN, ca: pem('ca.pem'), requestCert: true, rejectUnauthorized: true },
      gateway(({ headers }) => headers['x-gateway-key'] === 'let-me-in-42'),
    );
    const folder = emptyFolder();
    writeFileSync(
      join(folder, 'conformance.config.yaml'),
      `targets:
  sandbox:
    url: ${url}
    ca: ${file('ca.pem')}
    clientCertificate: { certificate: ${file('client.pem')}, key: ${file('client-key.pem')} }
    headers: { X-Gateway-Key: GATEWAY_KEY }
`,
    );
    const ended = await run('sandbox', [], { GATEWAY_KEY: 'let-me-in-42' }, folder);
    expect(ended.verdict()).toMatchObject({ verdict: 'conformant', reason: null });
    const refused = await run('sandbox', [], { GATEWAY_KEY: 'let-me-out-42' }, folder);
    expect(refused.status).toBe(2);
    const missing = await run('sandbox', [], {}, folder);
    expect(missing.stderr).toContain('The header X-Gateway-Key needs GATEWAY_KEY, which is not set.');
    const shown = [ended, refused]
      .map((one) => one.stdout + one.stderr + JSON.stringify(one.verdict()))
      .join();
    expect(shown).not.toContain('let-me-');
  });
});

it('behind a gateway the script of a finding shows the fault', async () => {
  const broken = await startMock({ fault: 'twice.always' });
  const url = await secure(
    { ...OWN, ca: pem('ca.pem'), requestCert: true, rejectUnauthorized: true },
    gateway(
      ({ headers }) => headers['x-gateway-key'] === 'let-me-in-42',
      () => broken,
    ),
  );
  const folder = emptyFolder();
  writeFileSync(
    join(folder, 'conformance.config.yaml'),
    `targets:
  sandbox:
    url: ${url}
    ca: ${file('ca.pem')}
    clientCertificate: { certificate: ${file('client.pem')}, key: ${file('client-key.pem')} }
    headers: { X-Gateway-Key: GATEWAY_KEY }
`,
  );
  const secrets = { GATEWAY_KEY: 'let-me-in-42' };
  const { verdict } = await run('sandbox', ['--only', 'cancel.twice'], secrets, folder);
  const [finding] = Object(verdict()).findings;
  const { username, password } = broken.clients.main;
  const env = { ...secrets, CONFORMANCE_USERNAME: username, CONFORMANCE_PASSWORD: password };
  const { stdout } = await promisify(execFile)('bash', ['-c', finding.curl], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
  });
  await broken.close();
  expect([...stdout.matchAll(/HTTP\/1\.1 (\d+)/g)].at(-1)?.[1]).toBe('200');
});

describe('a proxy', () => {
  async function proxy(accepts: (request: IncomingMessage) => boolean) {
    const tunnels: string[] = [];
    const server = createPlainServer((_, response) => void response.writeHead(400).end());
    server.on('connect', (request, socket) => {
      tunnels.push(String(request.url));
      if (!accepts(request)) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        return;
      }
      const [, port] = String(request.url).split(/:(?=\d+$)/);
      const onward = connect(Number(port), 'localhost', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    return { port: await listening(server), tunnels };
  }

  it.each(['http', 'https'])(
    'stands between every request and the target over %s',
    { timeout: 60_000 },
    async (scheme) => {
      let direct = 0;
      const count: RequestListener = (request, response) => {
        direct += 1;
        all(request, response);
      };
      const url =
        scheme === 'https'
          ? await secure(OWN, count)
          : `http://localhost:${await listening(createPlainServer(count), 'localhost')}`;
      const { port, tunnels } = await proxy(
        ({ headers }) =>
          headers['proxy-authorization'] === `Basic ${Buffer.from('me:pa55word').toString('base64')}`,
      );
      const name = `${scheme.toUpperCase()}_PROXY`;
      const ca = scheme === 'https' ? ['--ca', file('ca.pem')] : [];
      const ended = await run(url, ca, { [name]: `http://me:pa55word@127.0.0.1:${port}` });
      expect(ended.verdict()).toMatchObject({ verdict: 'conformant', reason: null });
      expect(tunnels.length).toBeGreaterThan(0);
      expect(new Set(tunnels)).toEqual(new Set([new URL(url).host]));
      expect(direct).toBeGreaterThan(0);

      const refused = await run(url, ca, { [name]: `http://me:wrong-one@127.0.0.1:${port}` });
      expect(refused.stdout).toContain('the proxy answered 407');
      expect(refused.status).toBe(2);
      expect(refused.stdout + JSON.stringify(refused.verdict())).not.toContain('wrong-one');

      const told = await command(['doctor', '--target', url, ...ca], {
        env: { ...credentials(), [name]: `http://me:pa55word@127.0.0.1:${port}` },
      });
      expect(told.stdout).toMatch(new RegExp(`proxy +http://127\\.0\\.0\\.1:${port} stands between`));
      expect(told.stdout + told.stderr).not.toContain('pa55word');
      expect(told.status).toBe(0);

      const before = tunnels.length;
      const around = await run(url, ca, { [name]: `http://127.0.0.1:${port}`, NO_PROXY: 'localhost' });
      expect(around.verdict()).toMatchObject({ verdict: 'conformant' });
      expect(tunnels).toHaveLength(before);
    },
  );
});

it('an IPv6 target is judged', async () => {
  const port = await listening(createPlainServer(all), '::1');
  const { verdict } = await run(`http://[::1]:${port}`);
  expect(verdict()).toMatchObject({ verdict: 'conformant', reason: null });
});
