/** The embedded mock as target: started in this process, with everything at hand that a run can use. */

import type { Target } from '../fixtures/target.js';
import { type Mock, startMock } from '../mock/service.js';

export interface EmbeddedTarget {
  readonly target: Target;
  close(): Promise<void>;
}

export async function startEmbeddedTarget(): Promise<EmbeddedTarget> {
  const mock = await startMock();
  return { target: targetOf(mock), close: () => mock.close() };
}

export function targetOf(mock: Mock): Target {
  return {
    url: mock.url,
    embedded: true,
    credentials: mock.clients,
    accessToken: null,
    clientId: null,
    supply: async (status) => mock.seed(status),
  };
}
