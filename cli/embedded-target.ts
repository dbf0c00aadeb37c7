/** The embedded mock as target: started in this process, with everything at hand that a run can use. */

import type { Target } from '../fixtures/target.js';
import { startMock } from '../mock/service.js';

export interface EmbeddedTarget {
  readonly target: Target;
  close(): Promise<void>;
}

export async function startEmbeddedTarget(): Promise<EmbeddedTarget> {
  const mock = await startMock();
  const target: Target = {
    url: mock.url,
    embedded: true,
    credentials: mock.clients,
    accessToken: null,
    clientId: null,
    supply: async (status) => mock.seed(status),
  };
  return { target, close: () => mock.close() };
}
