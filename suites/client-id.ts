/** The x-client-id header where it is sent: none causes a server error, and none has any power. */

import { altered, noAuthorization, ofAnotherClient } from '../fixtures/credentials.js';
import { EXAMPLE_REFERENCE } from '../fixtures/sessions/initiating.js';
import { needs, SECOND_CLIENT } from '../fixtures/stops.js';
import { test, verifies } from '../fixtures/test.js';
import { succeedsOrRefuses } from './parts/cancelling.js';
import { accepts, clientIds } from './parts/manners.js';

test(
  ...verifies(['cancel.success', 'client-id.optional'], 'with a client id', async ({ each }) => {
    const references = [EXAMPLE_REFERENCE, undefined, 'Zoë 🙂'];
    const all = clientIds.map((clientId, i) => ({
      clientId,
      referenceId: references[i % references.length],
    }));
    await each(all, async ({ clientId, referenceId }, told) => {
      const session = await told.sessions.active({ referenceId });
      await succeedsOrRefuses(told, session, { clientId }, 'client-id.optional', [400, 401]);
    });
  }),
);

test(
  ...verifies(
    ['cancel.twice', 'client-id.optional'],
    'with a client id, for a cancelled session',
    async ({ each }) => {
      const both = clientIds.flatMap((clientId) => accepts.map((accept) => ({ clientId, accept })));
      await each(both, async (manner, { client, sessions, check }) => {
        const answer = await client.cancel(await sessions.cancelled(), manner);
        check('client-id.optional').noServerError(answer);
        check('cancel.twice').status(answer, 400, 401);
      });
    },
  ),
);

test(
  ...verifies(
    ['client-id.no-widening', 'token.no-effect'],
    'without a valid token',
    async ({ each, run }) => {
      const { credentials, clientId } = run.settings.target;
      const known = [credentials.main?.username, clientId, ...clientIds.slice(0, 4)].filter(
        (id) => id !== undefined && id !== null,
      );
      await each(known, async (id, { client, sessions, check }) => {
        const session = await sessions.standing();
        const cut = altered(await client.token(session))[0] ?? noAuthorization;
        for (const authorization of [noAuthorization, cut]) {
          const answer = await client.cancel(session, { authorization, clientId: id });
          // An unknown client may be refused with 400 before its token is looked at.
          check('client-id.no-widening').status(answer, 400, 401);
          await check('token.no-effect').stillActive(session, answer);
        }
      });
    },
  ),
);

test(
  ...verifies('client-id.no-widening', "with another client's token", async ({ each, run, sessions }) => {
    needs(run.tokens.canIssue('other'), SECOND_CLIENT);
    const { credentials, clientId } = run.settings.target;
    const known = [credentials.main?.username, clientId, 'admin'].filter(
      (id) => id !== undefined && id !== null,
    );
    const others = await sessions.others();
    await each(known, async (id, told) => {
      const session = await told.sessions.standing();
      const authorization = ofAnotherClient(await told.client.token(others));
      const answer = await told.client.cancel(session, { authorization, clientId: id });
      told.check('client-id.no-widening').status(answer, 400, 401);
      await told.check('client-id.no-widening').stillActive(session, answer);
    });
  }),
);
