import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { packageRoot } from '../spec/package-root.js';
import { emptyFolder } from './command.js';

const execute = promisify(execFile);

it('the packed package judges the embedded mock from an empty folder', { timeout: 110_000 }, async () => {
  const folder = emptyFolder();
  const packed = await execute('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: packageRoot,
  });
  const tarball = packed.stdout.trim().split('\n').at(-1) ?? '';
  await execute('npm', ['init', '--yes'], { cwd: folder });
  await execute('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', join(folder, tarball)], {
    cwd: folder,
  });

  const ran = await execute('npx', ['cancel-conformance', 'run', '--depth', 'smoke'], { cwd: folder });
  expect(ran.stdout).toContain('conformant, exit status 0');
  const verdict: unknown = JSON.parse(
    readFileSync(join(folder, 'conformance-report', 'verdict.json'), 'utf8'),
  );
  expect(verdict).toMatchObject({ verdict: 'conformant', exitCode: 0 });

  const config = 'node_modules/cancel-conformance/dist/playwright.config.js';
  const suites = await execute(
    'npx',
    ['playwright', 'test', '--config', config, '--grep', '@cancel.page-example'],
    { cwd: folder },
  );
  expect(suites.stdout).toContain('1 passed');
});
