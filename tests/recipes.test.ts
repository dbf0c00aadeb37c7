/** The recipes of docs/recipes.md and the action do what they say, run as a pipeline would. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Mock, startMock } from '../mock/service.js';
import { packageRoot } from '../spec/package-root.js';
import { command, emptyFolder } from './command.js';
import { documents } from './docs/documents.js';

interface Step {
  readonly id?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The steps of the recipe of this name. */
function recipe(name: string): { readonly steps: readonly Step[]; readonly lines: number } {
  const blocks = documents().flatMap((document) => document.blocks);
  const text = blocks.find(({ info }) => info === `yaml ${name}`)?.text ?? '';
  return { steps: parse(text), lines: text.trim().split('\n').length };
}

/** Processes that steps leave behind, as a pipeline's job does until it ends. */
const groups: number[] = [];
afterAll(() => {
  for (const group of groups) {
    try {
      process.kill(-group, 'SIGTERM');
    } catch {
      // All of it has ended.
    }
  }
});

/** @returns the exit status, and what was printed */
async function bash(line: string, folder: string, env: Readonly<Record<string, string>>) {
  const log = join(folder, 'log.txt');
  const output = openSync(log, 'a');
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:CONFORMANCE|GITHUB)_/.test(name));
  const child = spawn('bash', ['-eo', 'pipefail', '-c', line], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', output, output],
    detached: true,
  });
  if (child.pid !== undefined) groups.push(child.pid);
  const [status] = await once(child, 'exit');
  return { status, printed: readFileSync(log, 'utf8') };
}

/** A repository with this command installed, as far as `npx` and scripts of npm can tell. */
function repository(scripts: Readonly<Record<string, string>>) {
  const folder = emptyFolder();
  const prefix = emptyFolder();
  mkdirSync(join(prefix, 'bin'));
  const main = join(packageRoot, 'dist', 'cli', 'main.js');
  const script = `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`;
  writeFileSync(join(prefix, 'bin', 'cancel-conformance'), script, { mode: 0o755 });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'theirs', version: '1.0.0', scripts }));
  const packages = { '': { name: 'theirs', version: '1.0.0' } };
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ name: 'theirs', version: '1.0.0', lockfileVersion: 3, packages }),
  );
  const path = [join(prefix, 'bin'), process.env['PATH']].join(delimiter);
  return { folder, env: { npm_config_prefix: prefix, PATH: path } };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return address.port;
}

/** Runs what a recipe runs; actions of others are left out. */
async function follow(
  steps: readonly Step[],
  { folder, env }: ReturnType<typeof repository>,
  rewritten = (line: string) => line,
) {
  const ends = [];
  for (const { run, env: own } of steps)
    if (run !== undefined) ends.push(await bash(rewritten(run), folder, { ...env, ...own }));
  return ends;
}

async function withMock<T>(options: Parameters<typeof startMock>[0], use: (mock: Mock) => Promise<T>) {
  const mock = await startMock(options);
  try {
    return await use(mock);
  } finally {
    await mock.close();
  }
}

const credentials = ({ clients: { main } }: Mock) => ({
  CONFORMANCE_USERNAME: main.username,
  CONFORMANCE_PASSWORD: main.password,
});

describe('a recipe of six lines', () => {
  it('gates a mock, by the contract and by what the sandbox does', async () => {
    const { steps, lines } = recipe('mock');
    const port = `${await freePort()}`;
    const theirs = repository({ start: `cancel-conformance mock --port ${port}` });
    await withMock({}, async (sandbox) => {
      const flags = ['--target', sandbox.url, '--depth', 'smoke', '--seed', '42'];
      const judged = await command(['run', ...flags], { env: credentials(sandbox) });
      expect(judged.status).toBe(0);
      cpSync(join(judged.folder, 'conformance-report'), join(theirs.folder, 'sandbox'), { recursive: true });
    });
    const ends = await follow(steps, theirs, (line) => line.replaceAll('8080', port));
    expect(ends.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
    expect(ends.at(-1)?.printed).toContain('The same in');
    expect(lines).toBe(6);
  });

  it('gates a client', async () => {
    const { steps, lines } = recipe('client');
    const theirs = repository({ test: `sh ${join(packageRoot, 'tests', 'clients', 'good', 'curl.sh')}` });
    const ends = await follow(steps, theirs);
    expect(ends.map(({ status }) => status)).toEqual([0, 0]);
    expect(existsSync(join(theirs.folder, 'conformance-report', 'junit.xml'))).toBe(true);
    expect(lines).toBe(6);
  });
});

describe('action.yml', () => {
  const action = parse(readFileSync(join(packageRoot, 'action.yml'), 'utf8'));
  const judge: Step = action.runs.steps.find(({ id }: Step) => id === 'judge');

  /** The step that judges, with these inputs and the defaults of the others. */
  async function judged(
    inputs: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
  ) {
    const folder = emptyFolder();
    const given = (template: string) =>
      template.replace(
        /\$\{\{ inputs\.([\w-]+) \}\}/g,
        (_, name: string) => inputs[name] ?? action.inputs[name].default,
      );
    const own = Object.entries(judge.env ?? {}).map(([name, value]) => [name, given(value)]);
    const output = join(folder, 'output.txt');
    const summary = join(folder, 'summary.md');
    const { status } = await bash(judge.run ?? '', folder, {
      ...Object.fromEntries(own),
      ...env,
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: packageRoot,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
    });
    const outputs = Object.fromEntries(
      readFileSync(output, 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split('=')),
    );
    return { status, outputs, summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '' };
  }

  it('tells the verdict and its counts, and fails where the service does', async () => {
    const { status, outputs, summary } = await withMock({ fault: 'twice.always' }, (mock) =>
      judged({ target: mock.url, depth: 'smoke', only: 'cancel.twice', seed: '7' }, credentials(mock)),
    );
    expect(status).toBe(1);
    expect(outputs).toEqual({
      'exit-code': '1',
      verdict: 'nonconformant',
      'musts-broken': '1',
      'shoulds-broken': '0',
      held: '0',
      'not-checked': expect.stringMatching(/^\d+$/),
    });
    expect(summary).toContain('cancel.twice');
  });

  it('judges a client behind the proxy', async () => {
    const client = `sh ${join(packageRoot, 'tests', 'clients', 'good', 'curl.sh')}`;
    const { status, outputs } = await judged({ client });
    expect({ status, verdict: outputs['verdict'] }).toEqual({ status: 0, verdict: 'conformant' });
  });

  it('tells no verdict where it was used badly', async () => {
    const { status, outputs } = await judged({ depth: 'bottomless' });
    expect({ status, outputs }).toEqual({ status: 2, outputs: { 'exit-code': '2' } });
  });

  it('hands on every output that it names', () => {
    const values: readonly { readonly value: string }[] = Object.values(action.outputs);
    for (const { value } of values) expect(value).toMatch(/^\$\{\{ steps\.judge\.outputs\.[\w-]+ \}\}$/);
  });
});
