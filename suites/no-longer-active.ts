/** Cancelling what is no longer active: refused with 400, every time, and without an effect. */

import { Asking } from '../fixtures/asking.js';
import type { Manner } from '../fixtures/client.js';
import { altered, anotherOfTheClient, noAuthorization, ofAnotherClient } from '../fixtures/credentials.js';
import type { Exchange } from '../fixtures/exchange.js';
import { EXAMPLE_REFERENCE } from '../fixtures/sessions/initiating.js';
import type { Session } from '../fixtures/sessions/session.js';
import { type EndedStatus, requirementOf } from '../fixtures/sessions/supplied.js';
import { needsTimeLeft } from '../fixtures/sessions/time-left.js';
import { needs } from '../fixtures/stops.js';
import { test, verifies } from '../fixtures/test.js';
import type { TrialFixtures } from '../fixtures/trial.js';
import { isRefused, succeeds } from './parts/cancelling.js';
import {
  accepts,
  bodies,
  clientIds,
  inUpperCase,
  ordinaryManner,
  queries,
  unusualManners,
} from './parts/manners.js';

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
    // Each takes a session of its own, so that of the bodies a few will do.
    await each([...unusualManners.slice(0, 9).entries()], async ([i, { manner, refusals }], told) => {
      const session = await told.sessions.active({ referenceId: EXAMPLE_REFERENCE });
      const first = await told.client.cancel(session, { accept: accepts[i % accepts.length] ?? null });
      await needsTimeLeft(told, session, [first]);
      needs(told.check('cancel.success').status(first, 200), 'The session could not be cancelled at first.');
      // Nothing is read in between: what comes later may meet another state of affairs.
      const second = await told.client.cancel(session, manner(session.id));
      told.check('cancel.twice').status(second, 400, ...refusals);
      for (const accept of accepts) await isRefused(told, session, { accept });
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
    for (const accept of accepts) await isRefused(told, session, { ...inUpperCase(session.id), accept });
  }),
);

test(
  ...verifies(
    'cancel.twice',
    'with another token of the same client',
    async ({ client, sessions, check }) => {
      const session = await sessions.cancelled();
      const another = await sessions.standing();
      const authorization = anotherOfTheClient(await client.token(another));
      const answer = await client.cancel(session, { authorization });
      // Whether a token may act on a session that it did not initiate is not said.
      check('cancel.twice').status(answer, 400, 401);
      await check('cancel.lasting').reads(session, 'Cancelled', answer);
    },
  ),
);

/** What a refusal does late shows by then. */
const LATE_MS = 500;

/** It has the status that it was supplied in, unless it was told before that it has not. */
async function stays(
  { check }: TrialFixtures,
  status: EndedStatus,
  session: Session,
  answer: Exchange,
): Promise<void> {
  if (session.state !== status) return;
  if (!(await check(requirementOf(status)).reads(session, status, answer))) session.state = 'lost';
}

for (const status of ['Expired', 'Completed', 'Failed'] as const) {
  const requirement = requirementOf(status);
  test(
    ...verifies(requirement, async (told) => {
      const { client, sessions, check } = told;
      const session = await sessions.in(status);
      for (const accept of [...accepts, ...accepts, 'text/json;q=0.2, text/plain;q=0.9']) {
        const answer = await client.cancel(session, { accept });
        check(requirement).status(answer, 400);
        await stays(told, status, session, answer);
      }
      for (const { manner, refusals } of unusualManners) {
        const answer = await client.cancel(session, manner(session.id));
        check(requirement).status(answer, 400, ...refusals);
        await stays(told, status, session, answer);
      }
      const racers = Math.min(4, told.run.settings.limits.concurrency);
      const answers = await client.cancelTogether(session, new Array<Manner>(racers).fill({}));
      for (const answer of answers) check(requirement).status(answer, 400);
      const [last] = answers;
      if (last === undefined) return;
      await stays(told, status, session, last);
      await Asking.pause(LATE_MS);
      await stays(told, status, session, last);
    }),
  );
  test(
    ...verifies([requirement, 'token.before-state'], 'without a valid token', async (told) => {
      const { client, sessions, check, run } = told;
      const session = await sessions.in(status);
      const [wrong = noAuthorization] = altered(session.token.value);
      for (const authorization of [noAuthorization, wrong]) {
        const answer = await client.cancel(session, { authorization });
        check('token.before-state').status(answer, 401);
        await stays(told, status, session, answer);
      }
      if (!run.tokens.canIssue('other')) return;
      const { value } = await run.tokens.issue('other');
      const authorization = ofAnotherClient(value);
      const answer = await client.cancel(session, { authorization });
      check('token.other-client').status(answer, 400, 401);
      await stays(told, status, session, answer);
      await Asking.pause(LATE_MS);
      await stays(told, status, session, answer);
    }),
  );
}
