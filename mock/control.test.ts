/** The control API does for a client's tests what no public call does. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallLog, type Control, startControl } from './control.js';
import { type Mock, startMock } from './service.js';

let mock: Mock;
let control: Control;
const calls = new CallLog();

beforeAll(async () => {
  mock = await startMock({ onCall: (call) => calls.add(call) });
  control = await startControl({ mock, calls }, 0);
});

afterAll(async () => {
  await control.close();
  await mock.close();
});

const post = (path: string, body: unknown, mediaType = 'application/json') =>
  fetch(control.url + path, {
    method: 'POST',
    headers: { 'Content-Type': mediaType },
    body: JSON.stringify(body),
  });

async function session(status: string): Promise<{ sessionId: string; accessToken: string }> {
  return (await (await post('/sessions', { status })).json()) as { sessionId: string; accessToken: string };
}

const cancel = ({ sessionId, accessToken }: { sessionId: string; accessToken: string }) =>
  fetch(`${mock.url}/api/v2/sessions/${sessionId}/cancel`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${accessToken}` },
  });

describe('the control API', () => {
  it('makes a session in a status', async () => {
    expect((await cancel(await session('Initiated'))).status).toBe(200);
    expect((await cancel(await session('Expired'))).status).toBe(400);
    expect((await post('/sessions', { status: 'Gone' })).status).toBe(400);
  });

  it('expires a token', async () => {
    const one = await session('Initiated');
    expect((await post('/tokens/expire', { accessToken: one.accessToken })).status).toBe(204);
    expect((await cancel(one)).status).toBe(401);
    expect((await post('/tokens/expire', { accessToken: 'unknown' })).status).toBe(404);
  });

  it('tells what was called, and forgets it', async () => {
    await fetch(`${control.url}/calls`, { method: 'DELETE' });
    const { sessionId, accessToken } = await session('Initiated');
    await cancel({ sessionId, accessToken });
    const told: unknown = await (await fetch(`${control.url}/calls`)).json();
    expect(told).toEqual([
      {
        at: expect.any(String),
        method: 'POST',
        path: `/api/v2/sessions/${sessionId}/cancel`,
        status: 200,
        durationMs: expect.any(Number),
      },
    ]);
    expect(JSON.stringify(told)).not.toContain(accessToken);
  });

  it('takes nothing from a page in a browser, and knows no other path or method', async () => {
    expect((await post('/sessions', {}, 'text/plain')).status).toBe(400);
    expect((await post('/session', {})).status).toBe(404);
    expect((await fetch(`${control.url}/sessions`)).status).toBe(405);
  });
});
