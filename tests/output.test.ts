import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command, emptyFolder } from './command.js';

const FILES = [
  'exchanges.har',
  'junit.xml',
  'report.html',
  'summary.md',
  'test-result.intoto.json',
  'verdict.json',
];
const SMALL = ['run', '--depth', 'smoke', '--only', 'cancel.page-example', '--seed', '1'];

describe('a run', () => {
  it('writes every report, and tells the verdict to programs alone where --json asks for it', async () => {
    const folder = emptyFolder();
    const stepSummary = join(folder, 'step-summary');
    const { status, stdout, stderr, verdict } = await command([...SMALL, '--json'], {
      folder,
      env: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: stepSummary },
    });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(verdict());
    expect(stderr).toContain('conformant, exit status 0');
    const reports = join(folder, 'conformance-report');
    expect(readdirSync(reports).sort()).toEqual(FILES);
    expect(readFileSync(stepSummary, 'utf8')).toBe(readFileSync(join(reports, 'summary.md'), 'utf8'));
    const har: unknown = JSON.parse(readFileSync(join(reports, 'exchanges.har'), 'utf8'));
    expect(har).toMatchObject({ log: { version: '1.2' } });
  });

  it('prints one line where it is to be quiet, and each exchange where it is to be verbose', async () => {
    const [quiet, verbose] = await Promise.all([
      command([...SMALL, '--quiet']),
      command([...SMALL, '--verbose']),
    ]);
    expect(quiet.stdout).toMatch(/^conformant, exit status 0\./);
    expect(quiet.stdout.split('\n').length).toBeLessThanOrEqual(3);
    expect(quiet.stderr).toBe('');
    expect(verbose.stderr).toMatch(/^ +\d+ cancel +POST \/api\/v2\/sessions\/\S+ 200 [\d.]+ ms$/m);
    expect(verbose.stderr).not.toContain('Bearer');
  });
});

describe('the command report', () => {
  it('renders again what is gone, leaves the verdict as it is, and tells history', async () => {
    const folder = emptyFolder();
    await command(SMALL, { folder });
    const reports = join(folder, 'conformance-report');
    const before = readFileSync(join(reports, 'verdict.json'), 'utf8');
    writeFileSync(join(reports, 'report.html'), 'gone');
    const { status, stdout } = await command(['report', 'conformance-report'], { folder });
    expect(stdout).toContain('conformance-report/report.html');
    expect(status).toBe(0);
    expect(readFileSync(join(reports, 'report.html'), 'utf8')).toContain('<!doctype html>');
    expect(readFileSync(join(reports, 'verdict.json'), 'utf8')).toBe(before);
    await command(['report', 'conformance-report', 'conformance-report', '--report-dir', 'history'], {
      folder,
    });
    expect(readFileSync(join(folder, 'history', 'report.html'), 'utf8')).toContain('History');
  });

  it('refuses in one line what is no verdict, and touches nothing', async () => {
    const { status, stderr, folder } = await command(['report', 'nowhere']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^cancel-conformance: nowhere cannot be read \(ENOENT\)\. .*\n$/);
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });
});
