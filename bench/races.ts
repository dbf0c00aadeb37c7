/** How often a race is caught, its requests released together or simply sent at the same time. */

import type { Request } from '../fixtures/exchange.js';
import { wins } from '../fixtures/race.js';
import type { Outcome } from '../fixtures/transports/transport.js';
import { wireTransport } from '../fixtures/transports/wire.js';
import { authorize, initiate, textIn } from './calls.js';
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
  const token = textIn(await posted(url, authorize), 'access_token');
  const headers = { ...initiate.headers, authorization: `Bearer ${token}` };
  const id = textIn(await posted(url, { ...initiate, headers }), 'sessionId');
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

async function posted(
  url: string,
  { path, headers, body }: { path: string; headers: Record<string, string>; body: string },
): Promise<unknown> {
  const answer = await fetch(url + path, { method: 'POST', headers, body });
  return answer.json();
}
