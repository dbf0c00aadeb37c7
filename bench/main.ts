/** Measures the harness, in one run and as ratios: what it costs beside what it asks. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { packageRoot } from '../spec/package-root.js';
import { median } from './median.js';
import { type Measured, measured, secondsOf, serveMock } from './processes.js';
import { measureProxy, type Throughput } from './proxy.js';
import { caughtRaces } from './races.js';

/** One line of the table. */
interface Row {
  readonly measure: string;
  readonly value: string;
  readonly goal: string;
}

const CONCURRENCY = 16;
const WIDE = 32;
/** Pairs of runs, one behind the other; the median of their ratios is told. */
const PAIRS = 3;

const flags = new Command('npm run bench --')
  .description('Measures the harness against the embedded mock, as ratios within one run.')
  .option('--write <file>', 'where the table goes besides the terminal')
  .parse()
  .opts<{ write?: string }>();

const folder = mkdtempSync(join(tmpdir(), 'cancel-conformance-bench-'));
const deep = (url: string, more: object = {}) =>
  measured('judged-run.ts', { url, depth: 'deep', concurrency: CONCURRENCY, ...more });
const rate = ({ exchanges, seconds }: Measured) => exchanges / seconds;
const times = (ratio: number) => ratio.toFixed(2);

/** Exchanges a second of a deep run, against the same requests through a bare pool. */
async function throughput(): Promise<Row[]> {
  const record = join(folder, 'requests.jsonl');
  const mock = await serveMock();
  try {
    await deep(mock.url, { record });
    const ratios: number[] = [];
    let rates = '';
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const bare = await measured('bare-pool.ts', { url: mock.url, concurrency: CONCURRENCY, record });
      const harness = await deep(mock.url);
      ratios.push(rate(harness) / rate(bare));
      rates = `${Math.round(rate(harness))} of ${Math.round(rate(bare))} exchanges a second`;
    }
    const value = `${times(median(ratios))} (${rates})`;
    return [{ measure: 'deep run, against a bare undici pool', value, goal: 'at least 0.6' }];
  } finally {
    await mock.close();
  }
}

/** A deep run at a distance, against exchanges × latency ÷ concurrency. */
async function atDistance(latencyMs: number, goal: string): Promise<Row[]> {
  const mock = await serveMock({ latencyMs });
  try {
    const { exchanges, seconds } = await deep(mock.url, { concurrency: WIDE });
    const ideal = (exchanges * latencyMs) / 1000 / WIDE;
    const measure = `deep run with ${latencyMs} ms of latency, concurrency ${WIDE}, against the ideal`;
    return [{ measure, value: `${times(ideal / seconds)} (${seconds.toFixed(0)} s)`, goal }];
  } finally {
    await mock.close();
  }
}

/** A whole process of `run --depth smoke` against one of Playwright with an empty test. */
async function coldStart(): Promise<Row[]> {
  // Within the project, so that Playwright is found as its users have it.
  const empty = mkdtempSync(join(packageRoot, 'test-results-bench-'));
  writeFileSync(
    join(empty, 'empty.spec.mjs'),
    "import { test } from '@playwright/test';\ntest('empty', () => {});\n",
  );
  writeFileSync(join(empty, 'playwright.config.mjs'), 'export default {};\n');
  try {
    const playwright = [
      'node_modules/@playwright/test/cli.js',
      'test',
      '--config',
      empty,
      '--reporter',
      'line',
    ];
    const reports = join(folder, 'reports');
    const smoke = ['dist/cli/main.js', 'run', '--depth', 'smoke', '--seed', '1', '--report-dir', reports];
    const standard = ['dist/cli/main.js', 'run', '--seed', '1', '--report-dir', reports];
    const ratios: number[] = [];
    const seconds: number[] = [];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const one = await secondsOf(playwright, packageRoot);
      const ours = await secondsOf(smoke, packageRoot);
      ratios.push(ours / one);
      seconds.push(ours);
    }
    const whole = await secondsOf(standard, packageRoot);
    return [
      {
        measure: 'cold `run --depth smoke`, against `npx playwright test` of one empty test',
        value: `${times(median(ratios))} (${median(seconds).toFixed(1)} s)`,
        goal: 'at most 1.3',
      },
      { measure: 'cold `run` at standard depth', value: `${whole.toFixed(1)} s`, goal: '5 s' },
    ];
  } finally {
    rmSync(empty, { recursive: true });
  }
}

/** Memory and time as a run grows. */
async function growth(): Promise<Row[]> {
  const mock = await serveMock();
  try {
    const small = await measured('judged-run.ts', {
      url: mock.url,
      depth: 'smoke',
      concurrency: CONCURRENCY,
    });
    const middle = await deep(mock.url, { runs: 250 });
    const large = await deep(mock.url, { runs: 3400 });
    const perExchange = ({ exchanges, seconds }: Measured) => seconds / exchanges;
    const grown = (one: Measured) =>
      `${times(one.megabytes / small.megabytes)} (${Math.round(one.megabytes)} MB of ${one.exchanges} exchanges)`;
    return [
      {
        measure: `memory at its peak, against ${small.exchanges} exchanges`,
        value: grown(middle),
        goal: 'at most 1.2',
      },
      { measure: 'the same, ten times as many', value: grown(large), goal: 'at most 1.2' },
      {
        measure: `seconds an exchange of ${large.exchanges}, against ${middle.exchanges}`,
        value: times(perExchange(large) / perExchange(middle)),
        goal: '1 ± 0.15',
      },
    ];
  } finally {
    await mock.close();
  }
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** Faults that leave ever more time between look and change. */
async function races(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const fault of ['concurrent.race-0', 'concurrent.race-1', 'concurrent.race-5']) {
    const { together, sent } = await caughtRaces(fault);
    rows.push({
      measure: `races of two that show \`${fault}\`: released together, and sent at the same time`,
      value: `${percent(together)}, ${percent(sent)}`,
      goal: 'more',
    });
  }
  return rows;
}

/** What a client notices of the proxy between it and its target. */
async function proxyCost(): Promise<Row[]> {
  const { addedMedianMs, visits, refusals } = await measureProxy();
  return [
    {
      measure: 'milliseconds that `proxy` adds at the median',
      value: addedMedianMs.toFixed(2),
      goal: 'under 1',
    },
    ...throughputRows(visits, 'throughput through `proxy`, against a direct connection', 'at least 0.5'),
    ...throughputRows(refusals, 'the same of refusals alone, the cheapest answers', '–'),
  ];
}

function throughputRows(
  { ratio, bareRatio, proxiedPerSecond, directPerSecond }: Throughput,
  measure: string,
  goal: string,
): Row[] {
  const rates = `${Math.round(proxiedPerSecond)} of ${Math.round(directPerSecond)} requests a second`;
  return [
    { measure, value: `${times(ratio)} (${rates})`, goal },
    {
      measure: `${measure}, by a proxy of \`node:http\` and undici that records nothing`,
      value: times(bareRatio),
      goal: '–',
    },
  ];
}

const measures = [
  throughput,
  () => atDistance(20, '–'),
  () => atDistance(100, 'at least 0.7'),
  coldStart,
  growth,
  races,
  proxyCost,
];
const rows: Row[] = [];
try {
  for (const measure of measures) {
    const more = await measure();
    for (const row of more) process.stdout.write(`${row.measure}: ${row.value}\n`);
    rows.push(...more);
  }
} finally {
  rmSync(folder, { recursive: true });
}

const table = [
  '| measure | value | goal |',
  '| --- | --- | --- |',
  ...rows.map(({ measure, value, goal }) => `| ${measure} | ${value} | ${goal} |`),
].join('\n');
const machine = `Node ${process.versions.node}, ${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'})`;
const text = `Made with \`npm run bench\` on ${machine}.\n\n${table}\n`;
process.stdout.write(`\n${text}`);
if (flags.write !== undefined) writeFileSync(flags.write, `# Bench\n\n${text}`);
