/** Other sessions: only the one asked for is cancelled. */

import type { Session } from '../fixtures/sessions.js';
import { randomReference } from '../fixtures/sessions.js';
import { needs, SECOND_CLIENT } from '../fixtures/stops.js';
import { test, verifies } from '../fixtures/test.js';
import type { TrialFixtures } from '../fixtures/trial.js';
import { succeeds } from './parts/cancelling.js';

async function othersStay(
  told: TrialFixtures,
  requirement: string,
  session: Session,
  others: readonly Session[],
): Promise<void> {
  const answer = await succeeds(told, session);
  for (const other of others) await told.check(requirement).stillActive(other, answer);
}

test(
  ...verifies('cancel.only-that-session', async (told) => {
    const { sessions } = told;
    const before = await sessions.standing();
    const session = await sessions.active({ referenceId: randomReference() });
    const after = await sessions.active({ referenceId: randomReference() });
    await othersStay(told, 'cancel.only-that-session', session, [before, after]);
  }),
);

test(
  ...verifies('cancel.only-that-session', 'none with a referenceId', async (told) => {
    const { sessions } = told;
    const session = await sessions.active();
    const other = await sessions.active();
    await othersStay(told, 'cancel.only-that-session', session, [other]);
  }),
);

test(
  ...verifies('cancel.same-reference', async (told) => {
    const { sessions } = told;
    const referenceId = randomReference();
    const before = await sessions.active({ referenceId });
    const session = await sessions.active({ referenceId });
    const after = await sessions.active({ referenceId });
    await othersStay(told, 'cancel.same-reference', session, [before, after]);
  }),
);

test(
  ...verifies(['cancel.only-that-session', 'cancel.same-reference'], "another client's", async (told) => {
    const { sessions, run } = told;
    needs(run.tokens.canIssue('other'), SECOND_CLIENT);
    const referenceId = randomReference();
    const foreign = await sessions.active({ client: 'other', referenceId });
    const session = await sessions.active({ referenceId });
    await othersStay(told, 'cancel.same-reference', session, [foreign]);
  }),
);
