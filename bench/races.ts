/** How often a race is caught, its requests released together or simply sent at the same time. */

import { jsonOf, type Request } from '../fixtures/exchange.js';
import { wins } from '../fixtures/race.js';
import type { Outcome } from '../fixtures/transports/transport.js';
import { wireTransport } from '../fixtures/transports/wire.js';
import { clients } from '../mock/tokens.js';
import { isObject } from '../spec/json-pointer.js';
import { serveMock } from './processes.js';

export interface Caught {
  readonly fault: string;
  /** Shares of the races that showed the fault. */
  readonly together: number;
  readonly sent: number;
}

const RACES = 60;
const RACERS = 2;
const TIMEOUT_MS = 10_000;

/** @param fault a fault of the mock by which several cancels of one session at once may succeed */
export async function caughtRaces(fault: string): Promise<Caught> {
  const mock = await serveMock({ fault });
  try {
    const wire = wireTransport(mock.url);
    const options = { timeoutMs: TIMEOUT_MS, freshConnection: true };
    const share = async (race: (requests: readonly Request[]) => Promise<Outcome[]>) => {
      let caught = 0;
      for (let i = 0; i < RACES; i += 1) {
        const cancel = await cancelOfNewSession(mock.url);
        const answers = await race(Array.from({ length: RACERS }, () => cancel));
        if (wins(answers.map(({ response }) => response?.status ?? 0)) > 1) caught += 1;
      }
      return caught / RACES;
    };
    return {
      fault,
      together: await share((requests) =>
        wire.sendTogether(
          requests.map((request) => ({ request })),
          options,
        ),
      ),
      sent: await share((requests) => Promise.all(requests.map((request) => wire.send(request, options)))),
    };
  } finally {
    await mock.close();
  }
}

async function cancelOfNewSession(url: string): Promise<Request> {
  const { username, password } = clients.main;
  const token = await member(`${url}/api/v1/authorize`, 'access_token', {
    headers: { Authorization: `Basic ${btoa(`${username}:${password}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const id = await member(`${url}/api/v2/sessions`, 'sessionId', {
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      type: 'e-Transfer',
      direction: 'DEBIT',
      currency: 'CAD',
      amount: 1.5,
      options: { notificationPreferences: { language: 'en', sendInteracLink: false } },
      payor: { firstName: 'Bench', lastName: 'Mark', email: 'bench@example.com' },
    }),
  });
  return {
    method: 'POST',
    path: `/api/v2/sessions/${id}/cancel`,
    headers: [
      ['Authorization', `Bearer ${token}`],
      ['Content-Length', '0'],
    ],
    body: null,
  };
}

async function member(url: string, name: string, request: RequestInit): Promise<string> {
  const answer = await fetch(url, { method: 'POST', ...request });
  const body = jsonOf(new Uint8Array(await answer.arrayBuffer()));
  const value = isObject(body) ? body[name] : undefined;
  if (typeof value !== 'string') throw new Error(`${url} answered ${answer.status} without ${name}.`);
  return value;
}
