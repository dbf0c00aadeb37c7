import { type ChildProcess, execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sessionCommand } from '../cli/session-command.js';
import { type Mock, startMock } from '../mock/service.js';
import { loadContract } from '../spec/contract.js';
import { UserError } from '../spec/errors.js';
import { packageRoot } from '../spec/package-root.js';
import { command, commandProcess, type Ended, emptyFolder } from './command.js';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const SMOKE = [
  'run',
  '--depth',
  'smoke',
  '--seed',
  '3',
  '--only',
  'cancel.success,token.missing',
  '--max-sessions',
  '8',
];

const credentials = () => ({
  CONFORMANCE_USERNAME: mock.clients.main.username,
  CONFORMANCE_PASSWORD: mock.clients.main.password,
});

/** With a session command, against the mock as a target of the user's. */
function withCommand(text: string, begun?: (child: ChildProcess) => void): Promise<Ended> {
  return commandProcess([...SMOKE, '--target', mock.url], {
    env: { ...credentials(), CONFORMANCE_SESSION_COMMAND: text },
    ...(begun && { begun }),
  });
}

/** A process that ended and that nobody has asked after is none. */
function isRunning(pid: string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

/** One sentence, or two with the hint, on one line. */
function expectOneLine(stderr: string): void {
  const lines = stderr.split('\n').filter((line) => line.startsWith('cancel-conformance:'));
  expect(lines).toHaveLength(1);
  expect(stderr).not.toMatch(/\n\s+at /);
}

describe('a report directory', () => {
  it('that cannot be written is told before the run', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'conformance-report'), 'a file in the way');
    const { status, stdout, stderr } = await command(SMOKE, { folder });
    expectOneLine(stderr);
    expect(stderr).toContain('conformance-report cannot be written');
    expect(stderr).not.toContain('exchanges');
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('whose disk is full at the end costs the exit status, and not the summary', async () => {
    const folder = emptyFolder();
    const main = join(packageRoot, 'dist', 'cli', 'main.js');
    // what may be written to one file, in blocks of 512 or 1,024 bytes: enough for the first reports alone
    const script = `ulimit -f 40; exec "$0" "$@"`;
    const ended = await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(
        'sh',
        ['-c', script, process.execPath, main, ...SMOKE],
        { cwd: folder },
        (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });
    expect(ended.stdout).toContain('conformant');
    expect(ended.stderr).toContain('verdict.json cannot be written');
    expectOneLine(ended.stderr);
    expect(ended.code).toBe(2);
  });

  it('is refused while another run writes there, and taken over from one that is dead', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'conformance-report'));
    const lock = join(folder, 'conformance-report', '.lock');
    writeFileSync(lock, String(process.ppid));
    const refused = await command(SMOKE, { folder });
    expectOneLine(refused.stderr);
    expect(refused.stderr).toContain(`Another run (process ${process.ppid}) writes to conformance-report.`);
    expect(refused.status).toBe(2);
    expect(refused.verdict()).toBeUndefined();
    writeFileSync(lock, String(spawnSync('true').pid));
    expect((await command(SMOKE, { folder })).status).toBe(0);
  });
});

describe('a session command', () => {
  it.each([
    ['is missing', 'no-such-command-here', 'could not be run (exit status 127)'],
    [
      'prints garbage',
      'echo hello; echo "out of order" >&2',
      'something else than one JSON object. It complained: out of order',
    ],
    ['prints an id that is none', `echo '{"sessionId":"../.."}'`, 'no sessionId that is a UUID'],
    ['prints prototype keys alone', `echo '{"__proto__":{"sessionId":"x"}}'`, 'no sessionId that is a UUID'],
    ['prints 100 MB', 'head -c 100000000 /dev/zero', 'more than 64 KB'],
    ['prints without end', 'yes', 'more than 64 KB'],
    ['kills itself', 'kill -9 $$', 'ended by SIGKILL'],
  ])('that %s is told in one sentence', async (_, text, told) => {
    const supply = sessionCommand(text, { env: process.env, signal: new AbortController().signal });
    await expect(supply('Expired')).rejects.toThrow(UserError);
    await expect(supply('Expired')).rejects.toThrow(told);
  });

  it('that hangs is ended', async () => {
    const limits = { milliseconds: 300, bytes: 1024 };
    const supply = sessionCommand('sleep 60', { env: {}, signal: new AbortController().signal, limits });
    await expect(supply('Expired')).rejects.toThrow('did not end within 0.3 seconds');
  });

  it('that is broken ends the run, and what it complains of shows no secret', async () => {
    const { status, stdout, stderr, verdict } = await withCommand(
      'echo "no: $CONFORMANCE_PASSWORD" >&2; echo no',
    );
    expect(stdout).toContain('It complained: no:');
    expect(stdout + stderr + JSON.stringify(verdict())).not.toContain(mock.clients.main.password);
    expect(verdict()).toMatchObject({ verdict: 'inconclusive', exitCode: 2, usage: { leftActive: [] } });
    expect(status).toBe(2);
  });

  it('that has no session is no fault', async () => {
    const supply = sessionCommand('exit 3', { env: process.env, signal: new AbortController().signal });
    expect(await supply('Expired')).toBeNull();
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('that hangs ends with the run at %s, and leaves no orphan', async (signal, expected) => {
    const file = join(emptyFolder(), 'pid');
    let at = 0;
    const ended = await withCommand(`echo $$ > ${file}; sleep 60; sleep 60`, async (child) => {
      while (!existsSync(file)) await pause(50);
      at = performance.now();
      child.kill(signal);
    });
    expect(performance.now() - at).toBeLessThan(5000);
    expect(ended.status).toBe(expected);
    expect(ended.verdict()).toMatchObject({ exitCode: expected, usage: { leftActive: [] } });
    await vi.waitFor(() => expect(isRunning(readFileSync(file, 'utf8').trim())).toBe(false));
  });
});

describe('a contract', () => {
  it.each([
    [
      'that unfolds without bound',
      'a: &a [x,x,x,x,x,x,x,x,x]\n' +
        'bcdefghij'.replace(
          /./g,
          (name, i: number) => `${name}: &${name} [${`*${'abcdefghi'[i]},`.repeat(9).slice(0, -1)}]\n`,
        ),
      'alias',
    ],
    ['that is no YAML', 'openapi: [', 'not valid YAML'],
    ['that is binary', '\u0000\u0001\u0002', 'not'],
    ['with prototype keys', '__proto__:\n  polluted: true\n', 'contract.yaml'],
  ])('%s is refused in one sentence', (_, text, told) => {
    const file = join(emptyFolder(), 'contract.yaml');
    writeFileSync(file, text);
    expect(() => loadContract(file)).toThrow(UserError);
    expect(() => loadContract(file)).toThrow(told);
  });
});

describe('the harness', () => {
  it('goes on quietly where standard output is closed', async () => {
    const { status, stderr, verdict } = await commandProcess(SMOKE, {
      begun: (child) => void child.stdout?.destroy(),
    });
    expect(stderr).not.toContain('EPIPE');
    expect(status).toBe(0);
    expect(verdict()).toMatchObject({ verdict: 'conformant' });
  });

  it('tells an error of its own as a bug, and never as a verdict', async () => {
    const boom =
      'setInterval(()=>{if(process.getBuiltinModule(`fs`).existsSync(`conformance-report/verdict.json`))throw(new(Error)(`boom`))},50)';
    const { status, stderr, verdict } = await commandProcess(['run', '--depth', 'deep'], {
      env: { NODE_OPTIONS: `--import "data:text/javascript,${boom}"` },
    });
    expectOneLine(stderr);
    expect(stderr).toContain('says nothing of the target (Error: boom): please report this as a bug');
    expect(status).toBe(2);
    expect(verdict()).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
  });
});
