import { expect, it } from 'vitest';
import { startMock } from '../mock/service.js';
import { command } from './command.js';

const SOME = ['--only', 'cancel.success,cancel.twice,token.missing,token.altered,token.expired,id.unknown'];

/** A whole run of the command against a target that hands out tokens as it likes. */
async function run(variant: string | null) {
  const mock = await startMock(variant === null ? {} : { variant });
  try {
    const { username, password } = mock.clients.main;
    const env = { CONFORMANCE_USERNAME: username, CONFORMANCE_PASSWORD: password };
    const args = ['run', '--target', mock.url, '--depth', 'smoke', '--seed', '5', '--max-sessions', '20'];
    const ended = await command([...args, ...SOME], { env });
    return Object(ended.verdict());
  } finally {
    await mock.close();
  }
}

it('tokens that initiate one session each are got anew for every session', async () => {
  const { verdict, reason, findings, usage } = await run(null);
  expect({ verdict, reason, findings }).toEqual({ verdict: 'conformant', reason: null, findings: [] });
  expect(usage.tokens).toBeGreaterThanOrEqual(usage.sessions);
});

it('tokens of two seconds are got anew when they end, and are seen to end', async () => {
  const { verdict, reason, findings, requirements, usage } = await run('token.two-seconds');
  expect({ verdict, reason, findings }).toEqual({ verdict: 'conformant', reason: null, findings: [] });
  expect(requirements.find(({ id }: { id: string }) => id === 'token.expired').status).toBe('pass');
  expect(usage.leftActive).toEqual([]);
});

it('a token given by hand that initiates one session gets a run as far as that session goes', async () => {
  const mock = await startMock();
  const { username, password } = mock.clients.main;
  const answer = await fetch(`${mock.url}/api/v1/authorize`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  const { access_token: token } = Object(await answer.json());
  const args = ['run', '--target', mock.url, '--depth', 'smoke', '--seed', '5', ...SOME];
  const ended = await command(args, { env: { CONFORMANCE_ACCESS_TOKEN: token } });
  await mock.close();
  const { verdict, requirements, usage } = Object(ended.verdict());
  const of = (wanted: string) => requirements.find(({ id }: { id: string }) => id === wanted);
  expect(verdict).toBe('conformant');
  for (const id of ['token.missing', 'token.altered', 'id.unknown']) expect(of(id).status, id).toBe('pass');
  expect(usage).toMatchObject({ sessions: 1, leftActive: [] });
  expect(ended.stdout.replace(/\s+/g, ' ')).toContain('initiates no more sessions');
});
