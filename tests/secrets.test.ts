import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MASK, Secrets } from '../fixtures/secrets.js';
import { packageRoot } from '../spec/package-root.js';
import { command, emptyFolder } from './command.js';
import { type Front, startFront } from './hostile/front.js';
import { answer } from './hostile/manners.js';

const GATEWAY = 'gate/way+key "42" & <more>';

/** Ways in which a target may repeat a text. */
const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  'upper case': (text) => text.toUpperCase(),
  'percent-encoded': encodeURIComponent,
  'percent-encoded twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'percent-encoded throughout': (text) =>
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(''),
  'as a form': (text) => encodeURIComponent(text).replaceAll('%20', '+'),
  JSON: (text) => JSON.stringify(text),
  'JSON with escaped slashes': (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  'JSON escaped throughout': (text) =>
    [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 behind something': (text) => Buffer.from(`user:${text}`).toString('base64'),
  'base64 before something': (text) => Buffer.from(`${text} and more`).toString('base64'),
  base64url: (text) => Buffer.from(`a:${text}`).toString('base64url'),
  hex: (text) => Buffer.from(text).toString('hex'),
  HTML: (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
};

it.each(Object.entries(ENCODINGS))('a secret is masked in %s', (_, encode) => {
  const secrets = new Secrets();
  for (const secret of ['eyJhbGciOi.JIUzI1NiIs-In_R5', GATEWAY]) {
    secrets.add(secret);
    const masked = secrets.mask(`before ${encode(secret)} behind`);
    expect(masked).toContain(MASK);
    // What is left of base64 are at most the characters that the secret shares with what stands beside it.
    expect(masked.replace(/^before "?| behind$/g, '').replaceAll(MASK, '').length).toBeLessThan(20);
  }
});

describe('nothing that leaves the process holds a secret that the target repeats', () => {
  let front: Front;
  const folder = emptyFolder();
  const env = (): Record<string, string> => ({
    CONFORMANCE_USERNAME: front.credentials.main.username,
    CONFORMANCE_PASSWORD: front.credentials.main.password,
    GATEWAY_KEY: GATEWAY,
  });

  beforeAll(async () => {
    front = await startFront(
      (socket, { authorization }) => {
        const secrets = [authorization.replace(/^\S+ /, ''), GATEWAY, front.credentials.main.password];
        const said = secrets.flatMap((secret) => Object.values(ENCODINGS).map((encode) => encode(secret)));
        const inHeader = said
          .map((text) => text.replace(/[^\x20-\x7e]/g, ''))
          .join(' ')
          .slice(0, 4000);
        socket.end(
          answer(400, JSON.stringify({ title: said.join(' '), [said[0] ?? '']: 1 }), { 'X-Said': inHeader }),
        );
      },
      ({ operation }) => operation === 'cancel',
    );
    writeFileSync(
      join(folder, 'conformance.config.yaml'),
      `target: local\ntargets:\n  local: { url: ${front.url}, headers: { X-Gateway-Key: GATEWAY_KEY } }\n`,
    );
  });
  afterAll(() => front.close());

  /** Every secret that is known by now, in every encoding; short and common ones would be found by chance. */
  function told(text: string): string[] {
    const tokens = [...front.authorizations].map((value) => value.replace(/^\S+ /, ''));
    const secrets = [...tokens, GATEWAY, front.credentials.main.password].filter((one) => one.length >= 12);
    return secrets
      .flatMap((secret) =>
        ['plain', 'percent-encoded', 'JSON', 'base64', 'hex'].map((name) => ENCODINGS[name]?.(secret) ?? ''),
      )
      .filter((one) => text.includes(one));
  }

  it('run, its verdict and its summary', { timeout: 60_000 }, async () => {
    const only = ['--only', 'cancel.page-example,token.missing,answer'];
    const ended = await command(['--depth', 'smoke', '--seed', '6', ...only], { folder, env: env() });
    expect(ended.status).toBe(1);
    const files = readdirSync(join(folder, 'conformance-report')).map((name) =>
      readFileSync(join(folder, 'conformance-report', name), 'utf8'),
    );
    expect(files.join()).toContain(MASK);
    expect(told([ended.stdout, ended.stderr, ...files].join())).toEqual([]);
  });

  it('doctor and --print-config', async () => {
    const shown = await Promise.all(
      [['doctor'], ['doctor', '--json'], ['--print-config']].map((args) =>
        command(args, { folder, env: env() }),
      ),
    );
    expect(told(shown.map(({ stdout, stderr }) => stdout + stderr).join())).toEqual([]);
  });

  it('Playwright Test, its output and its traces', { timeout: 60_000 }, async () => {
    const output = mkdtempSync(join(tmpdir(), 'playwright-'));
    const args = [
      join(packageRoot, 'node_modules', '@playwright', 'test', 'cli.js'),
      'test',
      '--config',
      join(packageRoot, 'dist', 'playwright.config.js'),
      '--grep',
      '@cancel.page-example',
      '--trace',
      'on',
      '--output',
      output,
    ];
    const shown = await new Promise<string>((resolve) => {
      const own = { ...process.env, ...env(), CONFORMANCE_TARGET: 'local' };
      execFile(process.execPath, args, { cwd: folder, env: own }, (_, stdout, stderr) =>
        resolve(stdout + stderr),
      );
    });
    const traces = readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.zip'),
    );
    const unzipped = await Promise.all(traces.map((name) => contentOf(join(output, name))));
    expect(shown).toContain('1 failed');
    expect(traces).not.toEqual([]);
    expect([shown, ...unzipped].join()).toContain(MASK);
    expect(told([shown, ...unzipped].join())).toEqual([]);
  });
});

function contentOf(archive: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('unzip', ['-p', archive], { encoding: 'latin1', maxBuffer: 2 ** 28 }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
  });
}
