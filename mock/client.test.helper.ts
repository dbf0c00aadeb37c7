/** A small client, for the tests of the mock. */

import { connect } from 'node:net';
import type { Credentials, Mock } from './service.js';

export interface Initiated {
  readonly sessionId: string;
  readonly referenceId: string | null;
  readonly accessToken: string;
}

const order = {
  type: 'e-Transfer',
  direction: 'DEBIT',
  currency: 'CAD',
  amount: 12.5,
  options: { notificationPreferences: { language: 'en', sendInteracLink: false } },
  payor: { firstName: 'Ada', lastName: 'Example', email: 'ada@example.com' },
};

export const authorize = (mock: Mock, { username, password }: Credentials): Promise<Response> =>
  fetch(`${mock.url}/api/v1/authorize`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });

export async function tokenOf(mock: Mock, credentials: Credentials = mock.clients.main): Promise<string> {
  const answer = await authorize(mock, credentials);
  return String(Object(await answer.json()).access_token);
}

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** @param changes members to send instead of the ordinary ones, or beside them */
export const initiate = (mock: Mock, token: string, changes: object = {}): Promise<Response> =>
  fetch(`${mock.url}/api/v2/sessions`, {
    method: 'POST',
    headers: { ...bearer(token), 'content-type': 'application/json' },
    body: JSON.stringify({ ...order, ...changes }),
  });

export async function sessionOf(
  mock: Mock,
  changes: object = {},
  credentials = mock.clients.main,
): Promise<Initiated> {
  const accessToken = await tokenOf(mock, credentials);
  const answer = await initiate(mock, accessToken, changes);
  const { sessionId, referenceId } = Object(await answer.json());
  return { sessionId, referenceId, accessToken };
}

export const cancel = (
  mock: Mock,
  sessionId: string,
  headers: Record<string, string>,
  method = 'POST',
): Promise<Response> => fetch(`${mock.url}/api/v2/sessions/${sessionId}/cancel`, { method, headers });

export async function statusOf(
  mock: Mock,
  { sessionId, accessToken }: Omit<Initiated, 'referenceId'>,
): Promise<unknown> {
  const answer = await fetch(`${mock.url}/api/v2/sessions/${sessionId}/details`, {
    headers: bearer(accessToken),
  });
  return Object(await answer.json()).status;
}

/** Sends bytes as they are, and reads until the connection is closed. */
export function exchange(mock: Mock, request: string): Promise<string> {
  const { hostname, port } = new URL(mock.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request, 'latin1'));
    let answer = '';
    socket.on('data', (bytes) => {
      answer += bytes.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}
