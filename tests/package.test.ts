import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { readVerdict } from '../reports/read-verdict.js';
import { packageRoot } from '../spec/package-root.js';
import { command, emptyFolder } from './command.js';

const execute = promisify(execFile);

/** A folder with nothing in it but the installed package. */
let installed: string;
const binary = (name: string) => join(installed, 'node_modules', '.bin', name);

beforeAll(async () => {
  installed = emptyFolder();
  const packed = await execute('npm', ['pack', '--ignore-scripts', '--pack-destination', installed], {
    cwd: packageRoot,
  });
  const tarball = packed.stdout.trim().split('\n').at(-1) ?? '';
  writeFileSync(join(installed, 'package.json'), '{}');
  await execute('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', join(installed, tarball)], {
    cwd: installed,
  });
}, 110_000);

describe('the packed package', () => {
  it('judges the embedded mock from an empty folder', async () => {
    const args = ['run', '--depth', 'smoke', '--max-sessions', '8', '--only', 'cancel.success'];
    const { stdout } = await execute(binary('cancel-conformance'), args, { cwd: installed });
    expect(stdout).toContain('conformant, exit status 0');
    const verdict = readVerdict(join(installed, 'conformance-report'));
    expect(verdict).toMatchObject({ verdict: 'conformant', exitCode: 0 });
  });
});

interface Told {
  readonly folder: string;
  /** What Playwright's JSON reporter tells. */
  readonly report: string;
}

/** The suites of the installed package, run with Playwright Test against the embedded mock. */
async function playwright(...flags: string[]): Promise<Told> {
  const folder = emptyFolder();
  const config = join(installed, 'node_modules', 'cancel-conformance', 'dist', 'playwright.config.js');
  const cases = ['--grep', '@cancel.page-example|@method.no-effect', '--workers', '1', '--reporter', 'json'];
  const { stdout } = await execute(binary('playwright'), ['test', '-c', config, ...cases, ...flags], {
    cwd: folder,
    env: { ...process.env, CONFORMANCE_DEPTH: 'smoke', CONFORMANCE_SEED: '3' },
    maxBuffer: 2 ** 26,
  });
  return { folder, report: stdout };
}

/** The cancels that were asked, but for the ids of sessions, in no order: who asks first hangs on the workers. */
function cancelsOf(reports: readonly string[]): string[] {
  const titles = reports.flatMap((report) => [...report.matchAll(/"title": "([A-Z]+ [^"]*\/cancel[^"]*)"/g)]);
  return titles.map(([, title = '']) => title.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '…')).sort();
}

describe('Playwright Test', () => {
  let whole: Told;
  let shards: readonly Told[];
  beforeAll(async () => {
    whole = await playwright();
    shards = [await playwright('--shard=1/2'), await playwright('--shard=2/2')];
  }, 110_000);

  it('shows each exchange as a step, with what was sent and what came, and no secret', () => {
    expect(whole.report).toMatch(/"title": "POST \/api\/v2\/sessions\/[\w-]+\/cancel 200"/);
    const bodies = [...whole.report.matchAll(/"body": "([^"]+)"/g)].map(([, body]) =>
      Buffer.from(body ?? '', 'base64').toString('utf8'),
    );
    expect(bodies.some((body) => /^POST .*\nAuthorization: Bearer ‹secret›\n/.test(body))).toBe(true);
    expect(bodies.some((body) => body.startsWith('HTTP 200\n'))).toBe(true);
    expect(bodies.some((body) => body.startsWith('curl -i'))).toBe(true);
    for (const body of bodies)
      expect(body).not.toMatch(/"access_token":"(?!‹secret›)|Bearer (?!‹secret›|\$\{?TOKEN)/);
  });

  it('leaves a verdict and its reports', () => {
    const verdict = readVerdict(join(whole.folder, 'conformance-report'));
    expect(verdict).toMatchObject({ verdict: 'conformant', depth: 'smoke', seed: 3 });
  });

  it('asks in shards what the whole asks, and merge makes one verdict of them', async () => {
    const parts = shards.map(({ folder }) => join(folder, 'conformance-report'));
    const merged = await command(['merge', ...parts, '--quiet']);
    expect(merged.stderr).toBe('');
    expect(merged.status).toBe(0);
    const verdict = readVerdict(join(merged.folder, 'conformance-report'));
    const exchanges = parts.reduce((sum, part) => sum + readVerdict(part).exchanges, 0);
    expect(verdict).toMatchObject({ verdict: 'conformant', exchanges });
    const asked = cancelsOf([whole.report]);
    expect(asked.length).toBeGreaterThan(5);
    expect(cancelsOf(shards.map(({ report }) => report))).toEqual(asked);
  });
});
