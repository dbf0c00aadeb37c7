/** A process that serves the mock from a copy of its sources, in which its environment has switched a mutant on. */

import type { SessionStatus } from '../../fixtures/target.js';

export interface Seeding {
  readonly number: number;
  readonly status: SessionStatus;
}

const [, , module = ''] = process.argv;
const { startMock }: typeof import('../../mock/service.js') = await import(module);
const { url, clients, seed } = await startMock();

process.on('message', ({ number, status }: Seeding) => {
  process.send?.({ number, session: seed(status) });
});
process.on('disconnect', () => process.exit());
process.send?.({ url, clients });
