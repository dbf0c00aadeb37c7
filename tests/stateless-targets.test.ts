import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command, emptyFolder } from './command.js';
import { type AskedOperation, type Front, startFront } from './hostile/front.js';
import { answer } from './hostile/manners.js';

const SOME = [
  '--only',
  'cancel.success,cancel.twice,token.missing,token.invalid,token.altered,id.unknown,id.malformed',
];

/** A target that has not all operations, as a stateless mock. */
const without = (...operations: AskedOperation[]) =>
  startFront(
    (socket) => void socket.end(answer(404, '{"title":"Not Found"}')),
    ({ operation }) => operation !== null && operations.includes(operation),
  );

const credentials = ({ credentials: { main } }: Front) => ({
  CONFORMANCE_USERNAME: main.username,
  CONFORMANCE_PASSWORD: main.password,
});

async function run(
  front: Front,
  env: Readonly<Record<string, string>>,
  folder = emptyFolder(),
  target = front.url,
) {
  try {
    const ended = await command(['--target', target, '--depth', 'smoke', '--seed', '3', ...SOME], {
      env,
      folder,
    });
    const { requirements, findings, reason } = Object(ended.verdict());
    const statusOf = (wanted: string): string =>
      requirements.find(({ id }: { id: string }) => id === wanted)?.status;
    return { ...ended, findings, reason: String(reason), statusOf };
  } finally {
    await front.close();
  }
}

describe('a target', () => {
  it('without Initiate is judged by what needs no session, and is not called conformant', async () => {
    const front = await without('initiate', 'details');
    const { status, findings, reason, statusOf } = await run(front, credentials(front));
    for (const id of ['token.missing', 'token.altered', 'id.malformed', 'id.unknown'])
      expect(statusOf(id), id).toBe('pass');
    for (const id of ['cancel.success', 'cancel.twice', 'token.no-effect'])
      expect(statusOf(id), id).toBe('not-checked');
    expect(findings).toEqual([]);
    expect(reason).toContain('The target initiates no sessions (Initiate answered 404)');
    expect(status).toBe(2);
  });

  it('without Authorize is judged by what needs no token either', async () => {
    const front = await without('authorize', 'initiate', 'details');
    const { status, findings, reason, statusOf } = await run(front, credentials(front));
    for (const id of ['token.missing', 'token.invalid']) expect(statusOf(id), id).toBe('pass');
    for (const id of ['token.altered', 'id.unknown']) expect(statusOf(id), id).toBe('not-checked');
    expect(findings).toEqual([]);
    // Every kind of token that was never issued is tried, none of which takes one that was.
    expect(new Set(front.authorizations).size).toBeGreaterThan(20);
    expect(reason).toContain('Authorize answered 404');
    expect(status).toBe(2);
  });

  it('that answers 200 whatever it is asked is found broken by a token given by hand', async () => {
    const front = await startFront(
      (socket, { operation }) =>
        void socket.end(operation === 'cancel' ? answer(200, '{}') : answer(404, '{}')),
      () => true,
    );
    const { status, statusOf } = await run(front, { CONFORMANCE_ACCESS_TOKEN: 'given-by-hand-0123456789' });
    for (const id of ['token.missing', 'id.unknown']) expect(statusOf(id), id).toBe('fail');
    expect(front.authorizations).toContain('Bearer given-by-hand-0123456789');
    expect(status).toBe(1);
  });

  it('without Initiate is judged in full with sessions that are supplied', async () => {
    const front = await without('initiate');
    const { main } = front.credentials;
    const folder = emptyFolder();
    const supplied = await Promise.all(Array.from({ length: 6 }, () => front.seed('Initiated')));
    writeFileSync(
      join(folder, 'sessions.json'),
      JSON.stringify(supplied.map((one) => ({ status: 'Initiated', ...one }))),
    );
    writeFileSync(
      join(folder, 'conformance.config.yaml'),
      `targets:\n  local: { url: ${front.url}, sessions: sessions.json }\n`,
    );
    const env = { CONFORMANCE_USERNAME: main.username, CONFORMANCE_PASSWORD: main.password };
    const { status, reason, statusOf } = await run(front, env, folder, 'local');
    expect(statusOf('cancel.success')).toBe('pass');
    expect(reason).toBe('null');
    expect(status).toBe(0);
  });

  it('that has none of the operations has a wrong base path', async () => {
    const front = await without('authorize', 'initiate', 'details', 'cancel');
    const { status, reason, statusOf } = await run(front, credentials(front));
    expect(reason).toContain('base path');
    expect(statusOf('token.missing')).toBe('not-checked');
    expect(status).toBe(2);
  });
});
