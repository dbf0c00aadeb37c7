import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { program } from '../../cli/program.js';
import { withCommand } from '../../cli/with-command.js';
import { type Mock, startMock } from '../../mock/service.js';
import { packageRoot } from '../../spec/package-root.js';
import { command, emptyFolder } from '../command.js';
import { documents } from './documents.js';
import { pages, folder as requirementPages } from './pages.js';

const all = documents();

describe('the pages of requirements', () => {
  it('are as fresh as the catalogue; npm run docs writes them', async () => {
    const written = readdirSync(requirementPages).map(
      (name) => [name, readFileSync(join(requirementPages, name), 'utf8')] as const,
    );
    expect(Object.fromEntries(written)).toEqual(Object.fromEntries(await pages()));
  });
});

it('every link within the documents leads somewhere', () => {
  const anchors = new Map(all.map((document) => [document.file, document.anchors]));
  const broken = all.flatMap(({ file, links }) =>
    links.filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [path = '', anchor = ''] = link.split('#');
      const target = path === '' ? file : normalize(join(dirname(file), path));
      if (!existsSync(join(packageRoot, target))) return true;
      return target.endsWith('.md') && anchor !== '' && !anchors.get(target)?.has(anchor);
    }),
  );
  expect(broken).toEqual([]);
});

it('docs/options.md names every option of every command', () => {
  const text = readFileSync(join(packageRoot, 'docs', 'options.md'), 'utf8');
  const options = program().commands.flatMap((one) => one.options.map(({ long }) => long ?? ''));
  expect(options.filter((option) => !text.includes(option))).toEqual([]);
});

it('code that a document quotes from a file stands there', () => {
  const quoted = all.flatMap(({ blocks }) => blocks.filter(({ info }) => /^\w+ \S+\.\w+$/.test(info)));
  expect(quoted.length).toBeGreaterThan(0);
  for (const { info, text } of quoted) {
    const [, file = ''] = info.split(' ');
    expect(readFileSync(join(packageRoot, file), 'utf8')).toContain(text);
  }
});

interface Line {
  readonly file: string;
  readonly args: readonly string[];
}

/** The commands in blocks whose info fits, as a shell would hand them over; comments left out. */
function commands(fits: (info: string) => boolean): Line[] {
  return all.flatMap(({ file, blocks }) =>
    blocks
      .filter(({ info }) => fits(info))
      .flatMap(({ text }) => text.split('\n'))
      .map((line) => /^(?:[A-Z_]+=\S+ )*npx cancel-conformance\b([^#]*)/.exec(line)?.[1])
      .filter((args) => args !== undefined)
      .map((args) => ({ file, args: args.trim().split(/\s+/).filter(Boolean) })),
  );
}

describe('a command in the documents', () => {
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock();
  });
  afterAll(() => mock.close());

  it.each(commands(() => true))('is one: $args, in $file', async ({ args }) => {
    const parsed = program();
    for (const one of parsed.commands) one.action(() => {});
    await expect(parsed.parseAsync(withCommand(args), { from: 'user' })).resolves.toBeDefined();
  });

  const unique = new Map(commands((info) => info === 'sh run').map((line) => [line.args.join(' '), line]));
  it.each([...unique.values()])('works where a sandbox is configured: $args', async ({ args }) => {
    const folder = emptyFolder();
    const { main, other } = mock.clients;
    writeFileSync(join(folder, 'conformance.config.yaml'), `targets:\n  sandbox: { url: ${mock.url} }\n`);
    const { status, stderr } = await command(args, {
      folder,
      env: {
        CONFORMANCE_USERNAME: main.username,
        CONFORMANCE_PASSWORD: main.password,
        CONFORMANCE_OTHER_USERNAME: other.username,
        CONFORMANCE_OTHER_PASSWORD: other.password,
      },
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('has its like for programs, which judges', async () => {
    const [example] = all.flatMap(({ file, blocks }) =>
      blocks.filter(({ info }) => file === 'README.md' && info === 'ts'),
    );
    const built = pathToFileURL(join(packageRoot, 'dist', 'index.js')).href;
    const file = join(emptyFolder(), 'example.mjs');
    const code = example?.text
      .replace("'cancel-conformance'", `'${built}'`)
      .replace('http://127.0.0.1:8080', mock.url)
      .replace("depth: 'smoke'", "depth: 'smoke', only: ['cancel.twice'], maxSessions: 8");
    writeFileSync(file, `${code}`);
    const log = vi.spyOn(console, 'log').mockReturnValue();
    await import(pathToFileURL(file).href);
    expect(log.mock.calls).toEqual([['conformant', []]]);
    log.mockRestore();
  });
});
