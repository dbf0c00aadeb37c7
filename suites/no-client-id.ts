/** Without the x-client-id header. Told first of all, since where it is asked for nothing else can be told. */

import type { Manner } from '../fixtures/client.js';
import type { Session } from '../fixtures/sessions/session.js';
import { test, verifies } from '../fixtures/test.js';
import type { CaseFixtures } from '../fixtures/verifies.js';
import { isOver } from './parts/cancelling.js';

async function cancels({ client }: CaseFixtures, session: Session, manner: Manner): Promise<boolean> {
  return (await client.cancel(session, manner)).response?.status === 200;
}

test(
  ...verifies('client-id.optional', 'left out', async (told) => {
    const { run } = told;
    if (run.settings.target.clientId !== null) {
      told
        .check('client-id.optional')
        .noServerError(await told.client.cancel(await told.sessions.cancelled(), { clientId: null }));
      return;
    }
    for (const last of [false, true]) {
      const session = await told.sessions.active();
      const answer = await told.client.cancel(session);
      if (answer.response?.status === 200) {
        told.check('client-id.optional').status(answer, 200);
        return isOver(told, session, answer);
      }
      // To blame is the header where its presence alone decides, and does so again for another session.
      if (await cancels(told, session, {})) return;
      if (!(await cancels(told, session, { clientId: 'conformance' }))) return;
      if (last) told.check('client-id.optional').status(answer, 200);
    }
  }),
);
