import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readVerdict } from '../reports/read-verdict.js';
import { packageRoot } from '../spec/package-root.js';
import { emptyFolder } from './command.js';

const execute = promisify(execFile);

interface Workflow {
  readonly jobs: { readonly client: { readonly steps: readonly { readonly run?: string }[] } };
}

/** The first YAML of the document. */
function workflow(): { readonly lines: number; readonly runs: readonly string[] } {
  const text = readFileSync(join(packageRoot, 'docs', 'clients.md'), 'utf8');
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
  const { jobs }: Workflow = parse(yaml);
  return {
    lines: yaml.trimEnd().split('\n').length,
    runs: jobs.client.steps.flatMap(({ run }) => run ?? []),
  };
}

/** A client's repository, its dependencies installed as far as the command goes. */
function repository(client: string): string {
  const folder = emptyFolder();
  cpSync(join(packageRoot, 'tests', 'clients'), join(folder, 'clients'), { recursive: true });
  mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
  const main = join(packageRoot, 'dist', 'cli', 'main.js');
  const bin = join(folder, 'node_modules', '.bin', 'cancel-conformance');
  writeFileSync(
    bin,
    `#!/bin/sh
exec node '${main}' "$@"
`,
    { mode: 0o755 },
  );
  const scripts = { test: `node clients/run.mjs clients/${client}` };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'client', private: true, scripts }));
  return folder;
}

async function gated(client: string): Promise<{ status: number; verdict: string; annotated: boolean }> {
  const folder = repository(client);
  const [install, run = ''] = workflow().runs;
  expect(install).toBe('npm ci');
  const env = { ...process.env, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder, 'summary.md') };
  const { status, stderr } = await execute('bash', ['-e', '-c', run], { cwd: folder, env }).then(
    (ended) => ({ status: 0, stderr: ended.stderr }),
    (failed: { code: number; stderr: string }) => ({ status: failed.code, stderr: failed.stderr }),
  );
  const { verdict } = readVerdict(join(folder, 'conformance-report'));
  return { status, verdict, annotated: stderr.includes('::error title=must client.') };
}

it('a client’s repository gates on it with six lines of workflow', async () => {
  expect(workflow().lines).toBe(6);
  expect(await gated('clean.mjs')).toEqual({ status: 0, verdict: 'conformant', annotated: false });
  expect(await gated('faulty/undefined-id.mjs')).toEqual({
    status: 1,
    verdict: 'nonconformant',
    annotated: true,
  });
});
