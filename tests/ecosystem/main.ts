/**
 * Judges mocks of others at smoke depth, compares each with the embedded mock, and writes what they get wrong.
 *
 * Usage: tsx tests/ecosystem/main.ts [--write FILE]
 *
 * They are installed with npm in a temporary folder, without their install scripts, and listen on loopback alone.
 */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Target } from '../../fixtures/target.js';
import { judge } from '../../judge/judge.js';
import { type Comparison, compareVerdicts } from '../../reports/comparison.js';
import type { Verdict } from '../../reports/verdict.js';
import { loadContract } from '../../spec/contract.js';
import { judgedMock } from '../likeness.js';
import { ACCESS_TOKEN, type ForeignMock, foreignMocks } from './mocks.js';

const LONGEST_START_MS = 60_000;

/** There is nothing to initiate sessions with: to a mock that knows no state any id is one of an active session. */
const targetAt = (url: string): Target => ({
  url,
  embedded: false,
  credentials: {},
  accessToken: null,
  clientId: null,
  supply: async (status) =>
    status === 'Initiated' ? { sessionId: randomUUID(), referenceId: null, accessToken: ACCESS_TOKEN } : null,
});

/** The same questions as the embedded mock is asked. */
function judged(url: string): Promise<Verdict> {
  return judge({
    target: targetAt(url),
    contract: loadContract(),
    depth: 'smoke',
    seed: 5,
    strict: false,
    only: [],
    timeoutMs: 10_000,
    concurrency: 16,
    rate: null,
    replay: null,
  });
}

/** A port whose successor is likely to be free as well. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return address.port;
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + LONGEST_START_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (connected) return;
    await pause(200);
  }
  throw new Error('It does not listen.');
}

async function whileServed<T>(mock: ForeignMock, bin: string, use: (url: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cancel-conformance-mock-'));
  const port = await freePort();
  for (const [name, content] of Object.entries(mock.files(port)))
    writeFileSync(join(folder, name), JSON.stringify(content));
  const [command, ...args] = mock.command(port);
  const child = spawn(join(bin, command), args, { cwd: folder, stdio: 'ignore', detached: true });
  try {
    await listening(port, child);
    return await use(`http://127.0.0.1:${port}`);
  } finally {
    // Some start a process of their own.
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Judged {
  readonly mock: ForeignMock;
  readonly verdict: Verdict;
  readonly comparison: Comparison | null;
}

async function judgeAll(bin: string): Promise<readonly Judged[]> {
  const ours = await judgedMock({});
  const all: Judged[] = [];
  for (const mock of foreignMocks) {
    const verdict = await whileServed(mock, bin, judged);
    const comparison = verdict.verdict === 'inconclusive' ? null : compareVerdicts(ours, verdict);
    all.push({ mock, verdict, comparison });
  }
  return all;
}

const broken = ({ requirements }: Verdict, level: 'must' | 'should') =>
  requirements.filter((one) => one.level === level && one.status === 'fail');

function table(all: readonly Judged[]): string {
  const rows = all.map(({ mock, verdict, comparison }) => {
    const passed = verdict.requirements.filter(({ status }) => status === 'pass').length;
    const choices = comparison?.choices.length ?? 0;
    const cells = [
      mock.name,
      `\`${mock.install}\``,
      verdict.verdict,
      passed,
      broken(verdict, 'must').length,
      broken(verdict, 'should').length,
      choices,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| mock | package | verdict | held | musts broken | shoulds broken | free choices unlike the embedded mock |',
    '| --- | --- | --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
}

function section({ mock, verdict }: Judged): string {
  const lines = [...broken(verdict, 'must'), ...broken(verdict, 'should')].map(
    ({ id, level, failures, checks }) => {
      const seen = verdict.findings.find(({ requirement }) => requirement === id)?.actual ?? '';
      return `| \`${id}\` | ${level} | ${failures} of ${checks} | ${seen.replace(/[|\\`<>\n]/g, ' ').slice(0, 100)} |`;
    },
  );
  return [
    `### ${mock.name}`,
    `It ${mock.kind}.`,
    ['| broken | level | checks that failed | seen |', '| --- | --- | ---: | --- |', ...lines].join('\n'),
  ].join('\n\n');
}

const INTRODUCTION = `# What mocks of others get wrong

\`npm run ecosystem -- --write docs/other-mocks.md\` made the figures: it installs each mock in a temporary folder, serves it
on loopback, judges it at smoke depth and compares it with the embedded mock. None of them has an Authorize or an
Initiate, so each is handed sessions with random ids and one token, which is all that it need know.`;

const WHY = `## Why a stateless mock cannot pass

The contract is about a change of state: of any number of cancels of one session the first is answered 200 and every
other one 400, at once, for good, and also where several come together. The same request has to be answered in two ways,
and what decides is what happened before. A mock that answers each request by itself breaks \`cancel.twice\`,
\`cancel.immediate\` and \`cancel.lasting\` however well its stubs are written; a client that is tested against it never
meets the refusal that it has to handle. Answers in a fixed sequence (WireMock's scenarios, mountebank's lists of
responses) hold for a known id in a known order, and not for two clients at once.

Where a requirement that others rest on is broken as a whole (no answer has a declared status), those are not checked: few
broken musts may be few because nothing else could be asked.`;

const { values } = parseArgs({ options: { write: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'cancel-conformance-ecosystem-'));
try {
  const packages = [...new Set(foreignMocks.map(({ install }) => install))];
  const flags = ['--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts'];
  execFileSync('npm', ['install', ...flags, ...packages], { stdio: ['ignore', 'ignore', 'inherit'] });
  const all = await judgeAll(join(folder, 'node_modules', '.bin'));
  const text = `${[INTRODUCTION, table(all), WHY, '## What each breaks', ...all.map(section)].join('\n\n')}\n`;
  if (values.write === undefined) process.stdout.write(text);
  else writeFileSync(values.write, text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
