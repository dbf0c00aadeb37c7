import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock/service.js';
import { readVerdict } from '../reports/read-verdict.js';
import { packageRoot } from '../spec/package-root.js';
import { loadClientRequirements } from '../spec/requirements.js';
import { command, commandProcess, type Ended, emptyFolder } from './command.js';

const clients = join(packageRoot, 'tests', 'clients');
const node = (file: string) => [process.execPath, join(clients, 'run.mjs'), join(clients, file)];
const curl = join(clients, 'good', 'curl.sh');

const reportOf = ({ folder }: Ended) => join(folder, 'conformance-report');

function everythingIn(ended: Ended): string {
  const files = readdirSync(reportOf(ended)).map((name) => readFileSync(join(reportOf(ended), name), 'utf8'));
  return [ended.stdout, ended.stderr, ...files].join('\n');
}

describe.concurrent('proxy -- COMMAND', () => {
  it('judges both sides, and ends as the command does', async () => {
    const ended = await command(['proxy', '--', 'sh', curl]);
    expect(ended.status).toBe(0);
    const { requirements, scenarios, findings, verdict } = readVerdict(reportOf(ended));
    expect({ verdict, scenarios, findings }).toEqual({ verdict: 'conformant', scenarios: [], findings: [] });
    const passed = requirements.filter(({ status }) => status === 'pass');
    expect(new Set(passed.map(({ side }) => side))).toEqual(new Set(['client', 'target']));
    const ofClient = requirements.filter(({ side }) => side === 'client').map(({ id }) => id);
    expect(ofClient).toEqual(loadClientRequirements().map(({ id }) => id));
  });

  it('ends with 1 where the client broke a must, and shows no secret', async () => {
    const ended = await command(['proxy', '--', ...node('faulty/token-in-query.mjs')]);
    expect(ended.status).toBe(1);
    expect(ended.stdout).toContain('client.no-secret-in-url');
    const { findings } = readVerdict(reportOf(ended));
    expect(findings).toMatchObject([
      { requirement: 'client.no-secret-in-url', side: 'client', scenario: null },
    ]);
    const shown = everythingIn(ended);
    expect(shown).toContain('‹secret›');
    // What the client was told, and 32 random bytes, which are a token.
    expect(shown).not.toContain('mock-main-4b7f');
    expect(shown).not.toMatch(/key=[\w-]{43}/);
  });

  it('plays scenarios, and says which the client handles', async () => {
    const client = node('faulty/gives-up.mjs');
    const ended = await command(['proxy', '--scenario', 'three-503,unavailable', '--json', '--', ...client]);
    const { scenarios, findings } = JSON.parse(ended.stdout);
    expect(scenarios).toEqual([
      { name: 'three-503', handled: true, exitCode: 0 },
      { name: 'unavailable', handled: true, exitCode: 0 },
    ]);
    expect(
      findings.map(({ requirement, scenario }: Record<string, unknown>) => [requirement, scenario]),
    ).toEqual([
      ['client.retry.transient', 'three-503'],
      ['client.retry.transient', 'unavailable'],
    ]);
    expect(ended.status).toBe(0);
  });

  it('lets shoulds decide under --strict, a scenario that is not handled among them', async () => {
    const folder = emptyFolder();
    const script = join(folder, 'once.sh');
    // Fails from its second run on.
    writeFileSync(script, 'sh "$1" && mkdir begun\n');
    const ended = await command(['proxy', '--strict', '--scenario', 'slow', '--', 'sh', script, curl], {
      folder,
    });
    expect(ended.status).toBe(1);
    const { findings, scenarios } = readVerdict(reportOf(ended));
    expect(scenarios).toEqual([{ name: 'slow', handled: false, exitCode: 1 }]);
    expect(findings).toMatchObject([
      { requirement: 'client.scenario.slow', side: 'client', scenario: 'slow' },
    ]);
  });

  it('ends with the status of the command where nothing was broken', async () => {
    const status = async (after: string) => {
      const ended = await command(['proxy', '--quiet', '--', 'sh', '-c', `sh "$0"; ${after}`, curl]);
      return [ended.status, readVerdict(reportOf(ended)).exitCode];
    };
    expect(await status('exit 7')).toEqual([7, 7]);
    expect(await status('kill -9 $$')).toEqual([137, 137]);
  });

  it('ends with 2 where the command cannot be started, or sent no Cancel', async () => {
    const none = await command(['proxy', '--', './no-such-command']);
    expect([none.status, none.stderr]).toEqual([2, expect.stringContaining('cannot be started')]);
    const idle = await command(['proxy', '--', 'true']);
    expect([idle.status, idle.stdout]).toEqual([2, expect.stringContaining('No Cancel was sent')]);
    expect(readVerdict(reportOf(none)).verdict).toBe('inconclusive');
  });

  it('stands before a target, hands the credentials on, and judges what the target answers', async () => {
    const mock = await startMock({ fault: 'twice.always' });
    const { username, password } = mock.clients.main;
    const env = { CONFORMANCE_USERNAME: username, CONFORMANCE_PASSWORD: password };
    const words = [...node('twice.mjs'), `--password=${password}`];
    const ended = await command(['proxy', '--target', mock.url, '--', ...words], { env });
    await mock.close();
    expect(ended.status).toBe(1);
    const [finding] = readVerdict(reportOf(ended)).findings;
    expect(finding).toMatchObject({ requirement: 'cancel.twice', side: 'target', scenario: null });
    expect(finding?.curl).toContain('SESSION=$(curl');
    expect(everythingIn(ended)).not.toContain(password);
    expect(ended.stdout + ended.stderr).not.toContain(password);
  });

  it.each([
    [['--target', 'http://127.0.0.1:9', '--scenario', 'slow', '--', 'true'], 'embedded mock alone'],
    [['--scenario', 'three-504', '--', 'true'], 'Did you mean three-503?'],
    [['--scenario', 'all'], 'take a command'],
    [['--port', '70000', '--', 'true'], '--port'],
    [['--host', '203.0.113.1', '--', 'true'], 'cannot listen on 203.0.113.1'],
    [['--target', 'https://example.com', '--', 'true'], '--i-own-this-target'],
  ])('refuses %j', async (args, told) => {
    const { status, stderr } = await command(['proxy', ...args]);
    expect([status, stderr]).toEqual([2, expect.stringContaining(told)]);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe.concurrent('what a client breaks on purpose, and what is known', () => {
  it('is not held against it where the request says so', async () => {
    const ended = await command(['proxy', '--', ...node('deliberate.mjs')]);
    expect(readVerdict(reportOf(ended)).findings.map(({ requirement }) => requirement)).toEqual([
      'client.accept',
    ]);
  });

  it('is waived as the file says', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'conformance.config.yaml'), 'waivers: waivers.yaml\n');
    writeFileSync(
      join(folder, 'waivers.yaml'),
      '- { requirement: client.accept, reason: known, owner: ABC-1, expires: 2099-12-31 }\n',
    );
    const ended = await command(['proxy', '--', ...node('faulty/accepts-xml.mjs')], { folder });
    expect(ended.status).toBe(0);
    const { requirements } = readVerdict(reportOf(ended));
    expect(requirements.find(({ id }) => id === 'client.accept')?.status).toBe('waived');
  });
});

it('without a command it listens until it is interrupted, and then judges', async () => {
  const ended = await commandProcess(['proxy', '--scenario', 'already-cancelled'], {
    begun: (child) =>
      void child.stderr?.once('data', (text: Buffer) => {
        const told = (name: string) => new RegExp(`${name}=(\\S+)`).exec(String(text))?.[1] ?? '';
        void import(join(clients, 'good', 'fetch.mjs'))
          .then(({ default: client }) =>
            client({
              baseUrl: told('CONFORMANCE_BASE_URL'),
              username: told('CONFORMANCE_USERNAME'),
              password: told('CONFORMANCE_PASSWORD'),
            }),
          )
          .finally(() => child.kill('SIGINT'));
      }),
  });
  expect(ended.status).toBe(0);
  const { verdict, requirements } = readVerdict(reportOf(ended));
  expect(verdict).toBe('conformant');
  expect(requirements.find(({ id }) => id === 'client.repeat.after-400')?.status).toBe('pass');
});

it('that is interrupted ends its command, and says so', async () => {
  const ended = await commandProcess(['proxy', '--', 'sleep', '60'], {
    begun: (child) => void child.stderr?.once('data', () => child.kill('SIGINT')),
  });
  expect(ended.status).toBe(130);
  expect(readVerdict(reportOf(ended))).toMatchObject({ verdict: 'inconclusive', exitCode: 130 });
});
