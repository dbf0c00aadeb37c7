import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWaivers } from '../cli/waivers-file.js';
import { type Mock, startMock } from '../mock/service.js';
import { command, emptyFolder } from './command.js';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ fault: 'twice.always' });
});
afterAll(() => mock.close());

/** A run against a mock that answers a second cancel with 200. */
function run(waivers: string) {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'waivers.yaml'), waivers);
  writeFileSync(
    join(folder, 'conformance.config.yaml'),
    `target: local\ndepth: smoke\nwaivers: waivers.yaml\ntargets:\n  local: { url: ${mock.url} }\n`,
  );
  const { username, password } = mock.clients.main;
  return command(['--seed', '4', '--max-sessions', '8', '--only', 'cancel.twice,cancel.page-example'], {
    folder,
    env: { CONFORMANCE_USERNAME: username, CONFORMANCE_PASSWORD: password },
  });
}

const waiver = (requirement: string, expires: string, target = 'local') =>
  `- requirement: ${requirement}\n  reason: known since spring\n  owner: ABC-123\n  expires: ${expires}\n  target: ${target}\n`;

describe('a waiver', () => {
  it('in force shows the failure as waived and lets it not decide; one for what passes is stale', async () => {
    const { status, stdout, verdict } = await run(
      waiver('cancel.twice', '2999-12-31') + waiver('cancel.page-example', '2999-12-31'),
    );
    expect(verdict()).toMatchObject({
      verdict: 'conformant',
      waivers: [
        { requirement: 'cancel.twice', state: 'in force', owner: 'ABC-123' },
        { requirement: 'cancel.page-example', state: 'stale' },
      ],
    });
    const { requirements, findings } = Object(verdict());
    expect(requirements.find(({ id }: { id: string }) => id === 'cancel.twice')).toMatchObject({
      status: 'waived',
      reason: 'Waived until 2999-12-31 (ABC-123): known since spring',
    });
    expect(findings).not.toEqual([]);
    expect(stdout).toContain('broken, and waived until 2999-12-31');
    expect(stdout).toContain('1 waived');
    expect(stdout).toContain('its waiver is stale');
    expect(status).toBe(0);
  });

  it('that has expired decides again, and says so', async () => {
    const { status, stdout, verdict } = await run(waiver('cancel.twice', '2020-01-01'));
    expect(verdict()).toMatchObject({ verdict: 'nonconformant', waivers: [{ state: 'expired' }] });
    expect(stdout).toContain('its waiver expired on 2020-01-01');
    expect(status).toBe(1);
  });

  it('for another target holds for that one alone', async () => {
    const { status, verdict } = await run(
      waiver('cancel.twice', '2999-12-31', 'https://elsewhere.example.com'),
    );
    expect(verdict()).toMatchObject({ verdict: 'nonconformant', waivers: [] });
    expect(status).toBe(1);
  });
});

it.each([
  ['an id that does not exist', waiver('cancel.twise', '2999-12-31'), 'Did you mean cancel.twice?'],
  ['no date', waiver('cancel.twice', 'never'), '"never" is no date'],
  ['no reason', '- requirement: cancel.twice\n  owner: x\n  expires: 2999-12-31\n', 'needs reason'],
  ['an unknown key', '- requirement: cancel.twice\n  expiry: 2999-12-31\n', 'Did you mean expires?'],
  ['something else', 'cancel.twice: why not\n', 'must be a list of waivers'],
])('a waiver with %s is refused', (_, text, told) => {
  const file = join(emptyFolder(), 'waivers.yaml');
  writeFileSync(file, text);
  expect(() => readWaivers({ file: null, values: { waivers: file } })).toThrow(told);
});
