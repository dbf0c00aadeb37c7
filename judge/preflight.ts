/** Before the first case: can the target be reached, are the credentials right, can a session be made, do details work. */

import type { Run } from '../fixtures/run.js';

/** @throws BrokeOff in one sentence with what to do */
export async function preflight(run: Run): Promise<void> {
  const session = await run.sessions.make();
  await run.sessions.learnDetails(session);
  run.sessions.giveBack(session);
}
