import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfiguration } from '../cli/configuration.js';
import { assertOwned } from '../cli/owned.js';
import { startMock } from '../mock/service.js';
import { UserError } from '../spec/errors.js';
import { command, emptyFolder } from './command.js';

const CREDENTIALS = { CONFORMANCE_USERNAME: 'partner', CONFORMANCE_PASSWORD: 'open-sesame-42' };

function withConfiguration(
  text: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = CREDENTIALS,
) {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'conformance.config.yaml'), text);
  return command(args, { folder, env });
}

function messageOf(refused: () => unknown): string {
  try {
    refused();
    return 'nothing was refused';
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

describe('the configuration', () => {
  it.each([
    ['an unknown key', 'tagrets: {}', ':1: unknown key "tagrets" (at #/tagrets). Did you mean targets?'],
    [
      'an unknown key of a target',
      'targets:\n  a:\n    url: http://localhost\n    clientcertificat: x',
      'Did you mean clientCertificate?',
    ],
    [
      'a secret',
      'targets:\n  a:\n    url: http://localhost\n    password: open-sesame-42',
      'Secrets belong into the environment',
    ],
    ['a wrong value', 'depth: deeper', ':1: must be one of "smoke", "standard", "deep" (at #/depth).'],
    ['a wrong type', 'timeout: soon', ':1: must be a whole number (at #/timeout).'],
    ['a prototype key', '__proto__: { depth: smoke }', 'unknown key "__proto__"'],
    [
      'an address that exists',
      'targets:\n  a:\n    url: http://localhost\n    session: { payor: { email: me@bank.ca } }',
      'email',
    ],
    ['a list', '- a', 'must be an object'],
    ['no YAML', 'a: [', 'not valid YAML'],
    ['keys named twice', 'depth: smoke\ndepth: deep', 'not valid YAML'],
    ['aliases without bound', `a: &a [1]\ntargets: [${'*a,'.repeat(200)}]`, 'alias'],
  ])('with %s is refused in one line', (_, text, told) => {
    const file = join(emptyFolder(), 'conformance.config.yaml');
    writeFileSync(file, text);
    const message = messageOf(() => readConfiguration(file));
    expect(message).toContain(told);
    expect(message).not.toContain('open-sesame-42');
    expect(message).not.toContain('\n');
  });

  it.each([
    [
      'a target that does not exist',
      'target: sandbx\ntargets:\n  sandbox: { url: http://localhost }',
      'Did you mean sandbox?',
    ],
    [
      'a URL that is none',
      'target: a\ntargets:\n  a: { url: localhost }',
      'url of a in conformance.config.yaml',
    ],
  ])('with %s is refused in one line, and nothing is touched', async (_, text, told) => {
    const { status, stdout, stderr, verdict } = await withConfiguration(text, []);
    expect(stderr).toContain(told);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(status).toBe(2);
    expect(verdict()).toBeUndefined();
  });

  it('that --config names must be there', async () => {
    const { status, stderr } = await command(['--config', 'nowhere.yaml']);
    expect(stderr).toContain('nowhere.yaml: there is no such file');
    expect(status).toBe(2);
  });

  it('of one client for two is refused', async () => {
    const { status, stderr } = await command(['--target', 'http://127.0.0.1:1'], {
      env: {
        ...CREDENTIALS,
        CONFORMANCE_OTHER_USERNAME: CREDENTIALS.CONFORMANCE_USERNAME,
        CONFORMANCE_OTHER_PASSWORD: CREDENTIALS.CONFORMANCE_PASSWORD,
      },
    });
    expect(stderr).toContain('CONFORMANCE_OTHER_USERNAME names the same client as CONFORMANCE_USERNAME.');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
  });

  it('goes behind flags and the environment, and --print-config says so, without a secret', async () => {
    const text =
      'target: a\ndepth: deep\nrate: 7\ntargets:\n  a: { url: http://localhost:1, headers: { X-Key: KEY } }';
    const { status, stdout, stderr } = await withConfiguration(text, ['--print-config', '--depth', 'smoke'], {
      ...CREDENTIALS,
      KEY: 'gateway-secret',
      HTTPS_PROXY: 'http://me:proxy-secret@proxy.example.com:3128',
    });
    expect(stdout).toMatch(/^target +a {2}\(target in conformance\.config\.yaml\)$/m);
    expect(stdout).toMatch(/^depth +smoke {2}\(flag\)$/m);
    expect(stdout).toMatch(/^rate +7 {2}\(conformance\.config\.yaml\)$/m);
    expect(stdout).toMatch(/^timeout +10000 {2}\(default\)$/m);
    expect(stdout).toMatch(/^CONFORMANCE_PASSWORD +‹secret› {2}\(environment\)$/m);
    expect(stdout).toMatch(/^HTTPS_PROXY +http:\/\/‹secret›@proxy\.example\.com:3128 {2}\(environment\)$/m);
    expect(stdout).not.toMatch(/open-sesame-42|gateway-secret|proxy-secret/);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('chooses credentials, template and sessions of a named target', async () => {
    const mock = await startMock();
    const expired = await mock.seed('Expired');
    const folder = emptyFolder();
    const { main } = mock.clients;
    writeFileSync(join(folder, 'sessions.json'), JSON.stringify([{ status: 'Expired', ...expired }]));
    writeFileSync(
      join(folder, 'conformance.config.yaml'),
      `target: local
depth: smoke
targets:
  local:
    url: ${mock.url}
    credentials: { username: LOCAL_USER, password: LOCAL_PASSWORD }
    session: { amount: 7.25, referenceId: 'qa-{random}' }
    sessions: sessions.json
`,
    );
    const only = ['--only', 'cancel.success.status,cancel.expired'];
    const ended = await command(only, {
      folder,
      env: { LOCAL_USER: main.username, LOCAL_PASSWORD: main.password },
    });
    await mock.close();
    const { requirements, verdict } = Object(ended.verdict());
    expect(verdict).toBe('conformant');
    expect(requirements.find(({ id }: { id: string }) => id === 'cancel.expired').status).toBe('pass');
    expect(ended.stderr).toContain(
      `Makes at most 40 sessions at ${mock.url} (depth smoke), and cancels each.`,
    );
  });

  it('asks Initiate with the template, never with a link', async () => {
    const bodies: string[] = [];
    const server = createServer(async (request, response) => {
      if (request.url !== '/api/v2/sessions') {
        response.end('{"access_token":"a-token-of-some-length","expires_in":299}');
        return;
      }
      for await (const chunk of request) bodies.push(String(chunk));
      response.writeHead(500).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    await withConfiguration(
      `target: a
targets:
  a:
    url: http://127.0.0.1:${port}
    session: { amount: 7.25, referenceId: 'qa-{random}', payor: { email: qa@example.com } }
`,
      [],
    );
    server.close();
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
      amount: 7.25,
      referenceId: expect.stringMatching(/^qa-[0-9a-f]{8}$/),
      options: { notificationPreferences: { sendInteracLink: false } },
      payor: { firstName: 'Conformance', email: 'qa@example.com' },
    });
  });
});

describe('a target that looks real', () => {
  it('is not judged unasked', async () => {
    const { status, stderr, verdict } = await command(['--target', 'https://api.example.com'], {
      env: CREDENTIALS,
    });
    expect(stderr).toContain('--i-own-this-target');
    expect(status).toBe(2);
    expect(verdict()).toBeUndefined();
  });

  it('is judged where the user says so', () => {
    const nothing = { file: null, values: {} };
    expect(() => assertOwned('https://api.example.com', nothing, false)).toThrow('--i-own-this-target');
    expect(() => assertOwned('https://api.example.com', nothing, true)).not.toThrow();
  });

  it('is judged where the configuration lists its host', async () => {
    const { status, stdout, stderr } = await withConfiguration(
      'targets:\n  sandbox: { url: https://conformance.invalid/v2 }',
      ['--target', 'https://conformance.invalid', '--timeout', '3000'],
    );
    expect(stderr).toContain('Makes at most 200 sessions at https://conformance.invalid');
    expect(stdout).toContain('cannot be reached');
    expect(status).toBe(2);
  });
});

describe('init', () => {
  it('writes a configuration that is valid as it is, and a workflow where asked', async () => {
    const folder = emptyFolder();
    expect((await command(['init', '--ci'], { folder })).status).toBe(0);
    const printed = await command(['--print-config', '--target', 'sandbox'], { folder });
    expect(printed.stdout).toMatch(/^target\.url +https:\/\/sandbox\.example\.com/m);
    expect(parse(readFileSync(join(folder, '.github/workflows/conformance.yml'), 'utf8'))).toHaveProperty(
      'jobs',
    );
    const text = readFileSync(join(folder, 'conformance.config.yaml'), 'utf8');
    // What is commented out is valid too, once it is let in.
    const whole = text.replace(/^( *)# ( *(?:[a-z]\w*|X-[\w-]+):)/gm, '$1$2');
    writeFileSync(join(folder, 'conformance.config.yaml'), whole);
    const all = await command(['--print-config'], { folder });
    expect(all.stderr).toBe('');
    expect(all.stdout).toMatch(/^rate +20 /m);
  });

  it('overwrites nothing', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'conformance.config.yaml'), 'depth: smoke\n');
    const { status, stderr } = await command(['init'], { folder });
    expect(stderr).toContain('conformance.config.yaml is there already');
    expect(status).toBe(2);
    expect(readFileSync(join(folder, 'conformance.config.yaml'), 'utf8')).toBe('depth: smoke\n');
  });
});
