import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock/service.js';
import { packageRoot } from '../spec/package-root.js';
import { command } from './command.js';
import { originOf, startFront } from './hostile/front.js';
import { answer } from './hostile/manners.js';

const certificate = (name: string) => join(packageRoot, 'tests', 'networks', `${name}.pem`);

interface Told {
  readonly ok: boolean;
  readonly steps: readonly { name: string; status: string; text: string; advice: string | null }[];
}

async function doctor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = await command(['doctor', '--json', ...args], { env });
  expect(stderr).toBe('');
  const told: Told = JSON.parse(stdout);
  return { status, ok: told.ok, step: (name: string) => told.steps.find((step) => step.name === name) };
}

const initiated = (headers: Readonly<Record<string, string>> = {}) =>
  answer(201, JSON.stringify({ sessionId: randomUUID(), referenceId: null }), headers);

/** What doctor says of a target whose Initiate answers so; told how often it was asked. */
async function doctorOf(initiate: (asked: number) => Buffer) {
  let asked = 0;
  const front = await startFront(
    (socket) => {
      asked += 1;
      socket.end(initiate(asked));
    },
    ({ operation }) => operation === 'initiate',
  );
  const { username, password } = front.credentials.main;
  try {
    return await doctor(['--target', front.url], {
      CONFORMANCE_USERNAME: username,
      CONFORMANCE_PASSWORD: password,
    });
  } finally {
    await front.close();
  }
}

describe('doctor', () => {
  it('goes the whole way to the embedded mock', async () => {
    const { status, ok, step } = await doctor([]);
    for (const name of [
      'name',
      'port',
      'Authorize',
      'clock',
      'Initiate',
      'details',
      'cancel',
      'second client',
    ])
      expect(step(name), name).toMatchObject({ status: 'ok', advice: null });
    expect(step('Authorize')?.text).toBe('a token lives 299 seconds');
    expect(ok).toBe(true);
    expect(status).toBe(0);
  });

  it('says what will not be checked, and what to supply', async () => {
    const mock = await startMock({ variant: 'page.none' });
    const { username, password } = mock.clients.main;
    const env = { CONFORMANCE_USERNAME: username, CONFORMANCE_PASSWORD: password };
    const { status, step } = await doctor(['--target', mock.url], env);
    await mock.close();
    expect(step('hosted page')?.text).toMatch(
      /There is no (hosted page|Chromium).* page\.… will be not-checked/,
    );
    expect(step('second client')?.advice).toContain('CONFORMANCE_OTHER_USERNAME');
    expect(step('Expired')?.text).toContain('cancel.expired will be not-checked');
    expect(step('Expired')?.advice).toContain('CONFORMANCE_SESSION_COMMAND');
    expect(status).toBe(0);
  });

  it.each([
    ['wrong credentials', '', 'Authorize', /refused the credentials/],
    ['a wrong base path', '/base', 'Authorize', /answered 404.*base path/],
  ])('names %s', async (_, path, name, told) => {
    const mock = await startMock();
    const env = { CONFORMANCE_USERNAME: 'partner', CONFORMANCE_PASSWORD: 'wrong-one' };
    const { status, ok, step } = await doctor(['--target', mock.url + path], env);
    await mock.close();
    expect(step(name)).toMatchObject({ status: 'failed', text: expect.stringMatching(told) });
    expect(ok).toBe(false);
    expect(status).toBe(2);
  });

  const env = { CONFORMANCE_USERNAME: 'partner', CONFORMANCE_PASSWORD: 'open-sesame-42' };

  it.each([
    ['server', [], /not trusted/, '--ca FILE'],
    ['expired', ['--ca', certificate('ca')], /EXPIRED/, 'renewed'],
    ['stranger', ['--ca', certificate('ca')], /ALTNAME/, 'another name'],
  ])('names what is wrong with the certificate %s', async (name, args, told, advice) => {
    const key = name === 'stranger' ? 'stranger-key' : 'server-key';
    const options = { cert: readFileSync(certificate(name)), key: readFileSync(certificate(key)) };
    const secure = createSecureServer(options);
    await once(secure.listen(0, 'localhost'), 'listening');
    const { port } = secure.address() as AddressInfo;
    const { status, step } = await doctor(['--target', `https://localhost:${port}`, ...args], env);
    secure.close();
    expect(step('TLS')).toMatchObject({ status: 'failed', text: expect.stringMatching(told) });
    expect(step('TLS')?.advice).toContain(advice);
    expect(status).toBe(2);
  });

  it('names a clock that is wrong', async () => {
    const hourAgo = new Date(Date.now() - 3_600_000).toUTCString();
    const { step } = await doctorOf(() => initiated({ Date: hourAgo }));
    expect(step('clock')).toMatchObject({
      status: 'note',
      text: expect.stringMatching(/^3[56]\d\d seconds behind/),
      advice: expect.stringContaining('clock'),
    });
  });

  it.each([
    ['announced', () => initiated({ 'RateLimit-Limit': '20' }), /^announced: ratelimit-limit: 20$/i],
    [
      'met',
      (asked: number) => (asked === 1 ? answer(429, '', { 'Retry-After': '0' }) : initiated()),
      /^1 answer with 429$/,
    ],
  ])('tells of a rate limit that is %s', async (_, initiate, text) => {
    const { step } = await doctorOf(initiate);
    expect(step('rate limits')).toMatchObject({
      status: 'note',
      text: expect.stringMatching(text),
      advice: expect.stringContaining('--rate'),
    });
  });

  it('goes with sessions that are supplied, where there are no credentials', async () => {
    const mock = await startMock();
    const session = await mock.seed('Initiated');
    const { status, step } = await doctor(['--target', mock.url], {
      CONFORMANCE_SESSION_COMMAND: `grep -q Initiated && echo '${JSON.stringify(session)}'`,
    });
    await mock.close();
    expect(step('Initiate')?.text).toContain(`session ${session.sessionId} was supplied`);
    expect(step('cancel')).toMatchObject({ status: 'ok' });
    expect(status).toBe(0);
  });

  it('names TLS where there is none', async () => {
    const plain = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    await once(plain.listen(0, '127.0.0.1'), 'listening');
    const { step } = await doctor(['--target', originOf(plain).replace('http:', 'https:')], env);
    plain.close();
    expect(step('TLS')).toMatchObject({ status: 'failed', advice: expect.stringContaining('scheme') });
  });

  it('names a port that is closed', async () => {
    const { step } = await doctor(['--target', 'http://127.0.0.1:9'], env);
    expect(step('port')).toMatchObject({ status: 'failed', advice: expect.stringContaining('firewall') });
  });

  it('names the proxy where it is that which does not answer', async () => {
    const proxy = { HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '' };
    const { step } = await doctor(['--target', 'https://localhost', '--i-own-this-target'], {
      ...env,
      ...proxy,
    });
    expect(step('port')?.advice).toContain('HTTPS_PROXY');
  });

  it('names a host that does not resolve', async () => {
    const { step } = await doctor(['--target', 'http://conformance.invalid', '--i-own-this-target'], env);
    expect(step('name')).toMatchObject({ status: 'failed', advice: expect.stringContaining('DNS') });
  });
});
