/** Concurrency: of any number of cancels at once exactly one succeeds. */

import fc from 'fast-check';
import type { Manner } from '../fixtures/client.js';
import { bearer } from '../fixtures/credentials.js';
import { raceInWords, wins } from '../fixtures/race.js';
import { needs } from '../fixtures/stops.js';
import { test, verifies } from '../fixtures/test.js';
import { winsOnce } from './parts/cancelling.js';
import { accepts } from './parts/manners.js';

const ALONE = 'With --concurrency 1 no two requests are under way at once.';

test(
  ...verifies('cancel.concurrent', async ({ property, run }) => {
    const most = Math.min(20, run.settings.manners.concurrency);
    needs(most >= 2, ALONE);
    const race = fc.record({
      racers: fc.constantFrom(most, 2, Math.min(5, most)),
      accepts: fc.array(fc.constantFrom(...accepts), { minLength: 1, maxLength: 4 }),
      referenceId: fc.constantFrom('USER12345', undefined),
    });
    const runs = Math.max(2, Math.ceil(run.settings.plan.runs / 8));
    await property(
      race,
      async ({ racers, accepts: wanted, referenceId }, told) => {
        const session = await told.sessions.active({ referenceId });
        await winsOnce(
          told,
          session,
          Array.from({ length: racers }, (_, i) => ({ accept: wanted[i % wanted.length] ?? null })),
        );
      },
      runs,
    );
  }),
);

test(
  ...verifies('cancel.concurrent', 'in each media type', async ({ each, run }) => {
    const racers = Math.min(6, run.settings.manners.concurrency);
    needs(racers >= 2, ALONE);
    await each(accepts, async (accept, told) => {
      await winsOnce(
        told,
        await told.sessions.active(),
        Array.from({ length: racers }, () => ({ accept })),
      );
    });
  }),
);

test(
  ...verifies('cancel.concurrent', 'asked for in unusual manners', async ({ each, run }) => {
    const racers = Math.min(6, run.settings.manners.concurrency);
    needs(racers >= 2, ALONE);
    const ways = ['another token', 'a client id', 'ids in either letter case', 'a query', 'a body'] as const;
    await each(ways, async (how, { client, sessions, check }) => {
      const session = await sessions.active({ referenceId: 'USER12345' });
      const another = bearer(await client.token(await sessions.standing()), "another of the client's");
      const unusual: Readonly<Record<typeof how, Manner>> = {
        'another token': { authorization: another },
        'a client id': { clientId: 'conformance' },
        'ids in either letter case': { id: { text: session.id.toUpperCase(), kind: 'upper case' } },
        'a query': { query: 'reason=raced' },
        'a body': { body: { type: 'application/json', text: '{}' } },
      };
      // Every second one as usual, so that the two ways meet.
      const answers = await client.cancelTogether(
        session,
        Array.from({ length: racers }, (_, i) => (i % 2 === 0 ? unusual[how] : {})),
      );
      const statuses = answers.map(({ response }) => response?.status ?? 0);
      const shown = answers.findLast(({ response }) => response?.status !== 400) ?? answers[0];
      if (shown === undefined) return;
      // Whether they may cancel at all is not said; that no two of them do is.
      const refusals = how === 'a body' ? [400, 401, 413, 415] : [400, 401];
      const right =
        wins(statuses) === 1 && statuses.every((status) => status === 200 || refusals.includes(status));
      check('cancel.concurrent').that(
        right,
        `200 once, else ${refusals.join(' or ')}`,
        raceInWords(statuses),
        shown,
        session,
      );
    });
  }),
);
