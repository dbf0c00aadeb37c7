/** Cancelling what is no longer active: refused with 400, every time, and without an effect. */

import { bearer } from '../fixtures/credentials.js';
import { test, verifies } from '../fixtures/test.js';
import { isRefused, succeeds } from './parts/cancelling.js';
import { accepts, bodies, clientIds, ordinaryManner, queries } from './parts/manners.js';

test(
  ...verifies('cancel.twice', async (told) => {
    const session = await told.sessions.active();
    await succeeds(told, session);
    for (let again = 0; again < 6; again += 1) {
      const answer = await isRefused(told, session);
      await told.check('cancel.lasting').reads(session, 'Cancelled', answer);
    }
  }),
);

test(
  ...verifies('cancel.twice', 'whoever asks first and how', async ({ each }) => {
    await each(accepts, async (accept, told) => {
      const session = await told.sessions.active({ referenceId: 'USER12345' });
      await succeeds(told, session, { accept });
      for (const other of accepts) await isRefused(told, session, { accept: other });
    });
  }),
);

test(
  ...verifies('cancel.twice', 'in any manner', async ({ property }) => {
    await property(ordinaryManner(), async (manner, told) => {
      await isRefused(told, await told.sessions.cancelled(), manner);
    });
  }),
);

test(
  ...verifies('cancel.twice', 'with a body', async ({ each }) => {
    await each(bodies, async (body, { client, sessions, check }) => {
      const answer = await client.cancel(await sessions.cancelled(), { body });
      check('cancel.twice').status(answer, 400, 413, 415);
    });
  }),
);

test(
  ...verifies('cancel.twice', 'with a query', async ({ each }) => {
    await each(queries, async (query, { client, sessions, check }) => {
      const answer = await client.cancel(await sessions.cancelled(), { query });
      check('cancel.twice').status(answer, 400, 401);
    });
  }),
);

test(
  ...verifies('cancel.twice', 'with a client id', async ({ each }) => {
    await each(clientIds, async (clientId, { client, sessions, check }) => {
      const answer = await client.cancel(await sessions.cancelled(), { clientId });
      check('cancel.twice').status(answer, 400, 401);
    });
  }),
);

test(
  ...verifies('cancel.twice', 'with the id in upper case', async (told) => {
    const session = await told.sessions.cancelled();
    const id = { text: session.id.toUpperCase(), kind: 'upper case' };
    for (const accept of accepts) await isRefused(told, session, { id, accept });
  }),
);

test(
  ...verifies(
    'cancel.twice',
    'with another token of the same client',
    async ({ client, sessions, check }) => {
      const session = await sessions.cancelled();
      const another = await sessions.standing();
      const authorization = bearer(await client.token(another), "another of the client's");
      const answer = await client.cancel(session, { authorization });
      // Whether a token may act on a session that it did not initiate is not said.
      check('cancel.twice').status(answer, 400, 401);
      await check('cancel.lasting').reads(session, 'Cancelled', answer);
    },
  ),
);

for (const status of ['Expired', 'Completed', 'Failed'] as const) {
  const requirement = `cancel.${status.toLowerCase()}`;
  test(
    ...verifies(requirement, async ({ client, sessions, check }) => {
      const session = await sessions.in(status);
      for (const accept of [...accepts, ...accepts]) {
        const answer = await client.cancel(session, { accept });
        check(requirement).status(answer, 400);
        await check(requirement).reads(session, status, answer);
      }
    }),
  );
}
