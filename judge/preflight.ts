/** Before the first case: can the target be reached, are the credentials right, can a session be made, do details work. */

import type { Run } from '../fixtures/run.js';
import { randomReference } from '../fixtures/sessions.js';

/** @throws BrokeOff or UserError in a sentence with what to do */
export async function preflight(run: Run): Promise<void> {
  const session = await run.sessions.make({ referenceId: randomReference() });
  await run.sessions.learnDetails(session);
  if (!run.sessions.detailsUsable)
    run.ledger.notChecked(
      'cancel.details-remain',
      'There are no Session Details that work for active sessions.',
    );
  await run.hostedPage.find(session.id);
  await run.sessions.learnInterchange(session);
  run.sessions.giveBack(session);
  // Asked early, so that a session command that is broken is told before anything else is asked.
  for (const status of ['Expired', 'Completed', 'Failed'] as const) await run.sessions.supplied(status);
}
