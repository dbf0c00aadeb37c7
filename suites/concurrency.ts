/** Concurrency: of any number of cancels at once exactly one succeeds. */

import fc from 'fast-check';
import type { Manner } from '../fixtures/client.js';
import { bearer } from '../fixtures/credentials.js';
import { needs } from '../fixtures/stops.js';
import { test, verifies } from '../fixtures/test.js';
import { accepts } from './parts/manners.js';

test(
  ...verifies('cancel.concurrent', async ({ property, run }) => {
    const most = Math.min(20, run.settings.manners.concurrency);
    needs(most >= 2, 'With --concurrency 1 no two requests are under way at once.');
    const race = fc.record({
      racers: fc.constantFrom(most, 2, Math.min(5, most)),
      accepts: fc.array(fc.constantFrom(...accepts), { minLength: 1, maxLength: 4 }),
      referenceId: fc.constantFrom('USER12345', undefined),
    });
    const runs = Math.max(2, Math.ceil(run.settings.plan.runs / 8));
    await property(
      race,
      async ({ racers, accepts: wanted, referenceId }, { client, sessions, check }) => {
        const session = await sessions.active({ referenceId });
        const manners = Array.from(
          { length: racers },
          (_, i): Manner => ({ accept: wanted[i % wanted.length] ?? null }),
        );
        const answers = await client.cancelTogether(session, manners);
        const statuses = answers.map(({ response }) => response?.status ?? 0).sort();
        const right = statuses.every((status, i) => status === (i === 0 ? 200 : 400));
        const last = answers.filter(({ response }) => response?.status === 200).at(-1) ?? answers[0];
        if (last === undefined) return;
        const holds = check('cancel.concurrent').that(
          right,
          `200 once and 400 ${racers - 1} times`,
          counted(statuses),
          last,
          session,
        );
        if (holds) await check('cancel.immediate').reads(session, 'Cancelled', last);
      },
      runs,
    );
  }),
);

test(
  ...verifies('cancel.concurrent', 'asked for in unusual manners', async ({ each, run }) => {
    const racers = Math.min(6, run.settings.manners.concurrency);
    needs(racers >= 2, 'With --concurrency 1 no two requests are under way at once.');
    await each(['another token', 'a client id'] as const, async (how, { client, sessions, check }) => {
      const session = await sessions.active();
      const another = bearer(await client.token(await sessions.standing()), "another of the client's");
      const manner: Manner = how === 'a client id' ? { clientId: 'conformance' } : { authorization: another };
      const answers = await client.cancelTogether(
        session,
        Array.from({ length: racers }, () => manner),
      );
      // Whether they may cancel at all is not said; that no two of them do is.
      const statuses = answers.map(({ response }) => response?.status ?? 0).sort();
      const right = statuses.every(
        (status, i) => status === 400 || status === 401 || (i === 0 && status === 200),
      );
      const last = answers.filter(({ response }) => response?.status === 200).at(-1) ?? answers[0];
      if (last === undefined) return;
      check('cancel.concurrent').that(
        right,
        '200 at most once, else 400 or 401',
        counted(statuses),
        last,
        session,
      );
    });
  }),
);

function counted(statuses: readonly number[]): string {
  return [...new Set(statuses)].map((status) => `${status} ${times(statuses, status)}`).join(' and ');
}

function times(statuses: readonly number[], status: number): string {
  const count = statuses.filter((other) => other === status).length;
  return count === 1 ? 'once' : `${count} times`;
}
