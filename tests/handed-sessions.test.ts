import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../mock/service.js';
import { command, emptyFolder } from './command.js';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

async function active(count: number) {
  const sessions = await Promise.all(Array.from({ length: count }, () => mock.seed('Initiated')));
  return sessions.map((session) => ({ status: 'Initiated', ...session }));
}

/** A run without credentials, with a file of prepared sessions. */
function run(sessions: readonly unknown[], only: string) {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'sessions.json'), JSON.stringify(sessions));
  writeFileSync(
    join(folder, 'conformance.config.yaml'),
    `target: local\ndepth: smoke\ntargets:\n  local: { url: ${mock.url}, sessions: sessions.json }\n`,
  );
  return command(['--seed', '8', '--only', only], { folder });
}

describe('without credentials', () => {
  it('sessions that are handed over are judged, and cancelled in the end', async () => {
    const { status, verdict } = await run(await active(12), 'cancel.success,cancel.twice,token.missing');
    const { requirements } = Object(verdict());
    const statusOf = (wanted: string) => requirements.find(({ id }: { id: string }) => id === wanted)?.status;
    expect(verdict()).toMatchObject({ verdict: 'conformant', usage: { tokens: 0, leftActive: [] } });
    for (const id of ['cancel.success', 'cancel.twice', 'token.missing'])
      expect(statusOf(id), id).toBe('pass');
    expect(status).toBe(0);
  });

  it('where too few are handed over, what can be judged is judged', async () => {
    const { verdict } = await run(await active(2), 'cancel.success,cancel.concurrent');
    expect(verdict()).toMatchObject({ verdict: 'conformant', usage: { sessions: 2, leftActive: [] } });
  });

  it('and without a session nothing can be judged, with what to do', async () => {
    const { status, stdout } = await run([], 'cancel.success');
    expect(stdout.replace(/\s+/g, ' ')).toContain('Set CONFORMANCE_USERNAME and CONFORMANCE_PASSWORD');
    expect(status).toBe(2);
  });
});
