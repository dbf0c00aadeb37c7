import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bad, good } from '../reports/sample-verdicts.test.helper.js';
import type { Verdict } from '../reports/verdict.js';
import { command, emptyFolder } from './command.js';

function folderWith(verdicts: Readonly<Record<string, Verdict>>): string {
  const folder = emptyFolder();
  for (const [name, verdict] of Object.entries(verdicts)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'verdict.json'), JSON.stringify(verdict));
  }
  return folder;
}

const folder = folderWith({
  mock: good,
  sandbox: bad,
  proxied: { ...good, scenarios: [] },
  unfinished: { ...good, verdict: 'inconclusive', exitCode: 2, reason: 'The run did not finish.' },
});

describe('compare', () => {
  it('ends with 0 where there is no difference', async () => {
    const { status, stdout } = await command(['compare', 'mock', 'mock/verdict.json'], { folder });
    expect(stdout).toContain('The same in');
    expect(status).toBe(0);
  });

  it('ends with 1 where there is one, and tells programs and documents too', async () => {
    const text = await command(['compare', 'mock', 'sandbox'], { folder });
    expect(text.stdout).toContain('cancel.twice');
    const json = await command(['compare', 'mock', 'sandbox', '--json'], { folder });
    expect(JSON.parse(json.stdout)).toMatchObject({
      same: false,
      requirements: [{ id: 'cancel.twice', a: 'pass', b: 'fail' }, { id: 'token.challenge' }],
    });
    const markdown = await command(['compare', 'mock', 'sandbox', '--markdown'], { folder });
    expect(markdown.stdout).toContain('| `cancel.twice` | must | pass | fail |');
    expect([text.status, json.status, markdown.status]).toEqual([1, 1, 1]);
  });

  it.each([
    ['a run that did not finish', ['mock', 'unfinished'], 'could not be judged'],
    ['a place where nothing is', ['mock', 'user:open-sesame-42@sandbox'], 'neither a report directory'],
    ['something else than a verdict', ['mock', '.'], 'cannot be read'],
    ['a target without credentials', ['mock', 'http://127.0.0.1:9'], 'CONFORMANCE_USERNAME'],
    ['one side alone', ['mock'], 'Missing'],
    ['other questions', ['mock', 'http://127.0.0.1:9', '--seed', '7'], 'judged with the seed 42'],
    ['traffic through proxy', ['mock', 'proxied'], 'traffic through proxy'],
  ])('ends with 2 for %s, in one line', async (_, places, told) => {
    const { status, stdout, stderr } = await command(['compare', ...places], { folder });
    expect(stderr).toContain(told);
    expect(stderr).not.toContain('open-sesame-42');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
