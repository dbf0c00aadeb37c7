/** Concurrency: of any number of cancels at once exactly one succeeds. */

import fc from 'fast-check';
import { Asking } from '../fixtures/asking.js';
import type { Manner } from '../fixtures/client.js';
import { altered, anotherOfTheClient, noAuthorization, ofAnotherClient } from '../fixtures/credentials.js';
import type { Exchange } from '../fixtures/exchange.js';
import { isWonOnce, raceInWords } from '../fixtures/race.js';
import { EXAMPLE_REFERENCE } from '../fixtures/sessions/initiating.js';
import type { Session } from '../fixtures/sessions/session.js';
import { needsTimeLeft } from '../fixtures/sessions/time-left.js';
import { NO_DETAILS, needs, SECOND_CLIENT } from '../fixtures/stops.js';
import { test, verifies } from '../fixtures/test.js';
import type { TrialFixtures } from '../fixtures/trial.js';
import { hasSucceeded, isOver, winsOnce } from './parts/cancelling.js';
import { type Act, disorderOf } from './parts/history.js';
import { accepts, furtherHeaders, inUpperCase } from './parts/manners.js';

const ALONE = 'With --concurrency 1 no two requests are under way at once.';

test(
  ...verifies('cancel.concurrent', async ({ property, run }) => {
    const most = Math.min(20, run.settings.limits.concurrency);
    needs(most >= 2, ALONE);
    const race = fc.record({
      racers: fc.constantFrom(most, 2, Math.min(5, most)),
      accepts: fc.array(fc.constantFrom(...accepts), { minLength: 1, maxLength: 4 }),
      referenceId: fc.constantFrom(EXAMPLE_REFERENCE, undefined, 'Zoë 🙂'),
      refusedBefore: fc.boolean(),
    });
    const runs = Math.max(2, Math.ceil(run.settings.plan.runs / 8));
    await property(
      race,
      async ({ racers, accepts: wanted, referenceId, refusedBefore }, told) => {
        const session = await told.sessions.active({ referenceId });
        if (refusedBefore) {
          const refused = await told.client.cancel(session, { authorization: noAuthorization });
          told.check('token.missing').status(refused, 401);
        }
        await winsOnce(
          told,
          session,
          Array.from({ length: racers }, (_, i) => ({ accept: wanted[i % wanted.length] ?? null })),
        );
      },
      { runs },
    );
  }),
);

test(
  ...verifies('cancel.concurrent', 'in each media type', async ({ each, run }) => {
    const racers = Math.min(12, run.settings.limits.concurrency);
    needs(racers >= 2, ALONE);
    await each(accepts, async (accept, told) => {
      const session = await told.sessions.active();
      // What guards the session may know it by its id alone, and not by how a request writes or asks for it.
      const ways: readonly Manner[] = [{}, inUpperCase(session.id), { headers: furtherHeaders }];
      await winsOnce(
        told,
        session,
        Array.from({ length: racers }, (_, i) => ({ ...ways[i % ways.length], accept })),
      );
    });
  }),
);

test(
  ...verifies('cancel.immediate', 'read while it is cancelled', async ({ each, run }) => {
    needs(run.sessions.details.usable, NO_DETAILS);
    await each([1, 2, 4], async (readers, told) => {
      const session = await told.sessions.active();
      const reads = Array.from({ length: readers }, () => run.sessions.details.read(session));
      const [answer] = await Promise.all([told.client.cancel(session), ...reads]);
      await hasSucceeded(told, session, answer);
    });
  }),
);

/** What one client does with one session, each call some time after the one before was answered. */
type Part = readonly {
  readonly does: Act['does'];
  readonly pauseMs: number;
  readonly accept: string | null;
}[];

const MOST_CLIENTS = 4;

test(
  ...verifies(
    ['cancel.concurrent', 'cancel.immediate', 'cancel.lasting'],
    'and whoever reads meanwhile',
    async ({ property, run }) => {
      needs(run.settings.limits.concurrency >= 2, ALONE);
      needs(run.sessions.details.usable, NO_DETAILS);
      const call = fc.record({
        does: fc.constantFrom('cancel' as const, 'read' as const, 'read' as const),
        pauseMs: fc.nat(6),
        accept: fc.constantFrom(...accepts),
      });
      const part: fc.Arbitrary<Part> = fc.array(call, { minLength: 2, maxLength: 6 });
      const parts = fc
        .array(part, { minLength: 2, maxLength: MOST_CLIENTS })
        .filter((all) => all.flat().some(({ does }) => does === 'cancel'));
      const runs = Math.ceil(run.settings.plan.runs / 15);
      await property(parts, (all, told) => hasAnOrder(all, told), { runs });
    },
  ),
);

test(
  ...verifies(['cancel.concurrent', 'cancel.immediate'], 'while it is read', async ({ each, run }) => {
    const racers = Math.min(4, Math.floor(run.settings.limits.concurrency / 2));
    needs(racers >= 2, ALONE);
    needs(run.sessions.details.usable, NO_DETAILS);
    await each([2, racers, 2 * racers], async (readers, told) => {
      const session = await told.sessions.active();
      const manners = new Array<Manner>(racers).fill({});
      const { cancels, reads } = await told.client.cancelTogetherWhileRead(session, manners, readers);
      await needsTimeLeft(told, session, cancels);
      const shown = cancels.find(({ response }) => response?.status === 200) ?? cancels[0];
      if (shown === undefined) return;
      const all = [...cancels, ...reads];
      const holds = told.check('cancel.concurrent').wonOnce(cancels, shown, session, all);
      if (holds) await isOver(told, session, shown);
    });
  }),
);

/** Several clients act on a session at once; what they were told has an order that is right. */
async function hasAnOrder(parts: readonly Part[], told: TrialFixtures): Promise<void> {
  const { client, sessions, check, run } = told;
  const session = await sessions.active();
  const history: Act[] = [];
  const exchanges: Exchange[] = [];
  const does = {
    read: () => run.sessions.details.read(session),
    cancel: async (accept: string | null) => {
      const exchange = await client.cancel(session, { accept, together: parts.length });
      exchanges.push(exchange);
      return exchange.response?.status ?? null;
    },
  };
  await Promise.all(
    parts.map(async (part) => {
      for (const { does: what, pauseMs, accept } of part) {
        await Asking.pause(pauseMs);
        const start = performance.now();
        const answer = await does[what](accept);
        if (answer !== null) history.push({ does: what, start, end: performance.now(), told: answer });
      }
    }),
  );
  await needsTimeLeft(told, session, exchanges);
  const disorder = disorderOf(history, run.sessions.details.activeStatus);
  const shown = exchanges.find(({ response }) => response?.status === 200) ?? exchanges[0];
  if (shown === undefined) return;
  for (const requirement of ['cancel.concurrent', 'cancel.immediate', 'cancel.lasting']) {
    const { expected, actual } = disorder?.requirement === requirement ? disorder : RIGHT;
    const beside = [...session.trail, ...exchanges];
    check(requirement).that(disorder?.requirement !== requirement, expected, actual, shown, session, beside);
  }
}

const RIGHT = { expected: 'an order', actual: 'one' };

test(
  ...verifies(
    ['cancel.success', 'token.missing', 'token.no-effect'],
    'several sessions at once, some of them without a token',
    async (told) => {
      const { client, sessions, check, run } = told;
      const half = Math.min(3, Math.floor(run.settings.limits.concurrency / 2));
      needs(half >= 1, ALONE);
      const wanted: Session[] = [];
      const unwanted: Session[] = [];
      for (let i = 0; i < half; i += 1) {
        wanted.push(await sessions.active({ referenceId: EXAMPLE_REFERENCE }));
        unwanted.push(await sessions.standing());
      }
      const answers = await client.cancelAllTogether([
        ...unwanted.map((session) => ({ session, manner: { authorization: noAuthorization } })),
        ...wanted.map((session) => ({ session, manner: {} })),
      ]);
      for (const [i, session] of [...unwanted, ...wanted].entries()) {
        const answer = answers[i];
        if (answer === undefined) return;
        if (wanted.includes(session)) {
          await hasSucceeded(told, session, answer);
        } else {
          check('token.missing').status(answer, 401);
          await check('token.no-effect').stillActive(session, answer);
        }
      }
    },
  ),
);

test(
  ...verifies(
    ['cancel.concurrent', 'token.before-state', 'token.other-client'],
    'some of them without a valid token',
    async ({ each, run }) => {
      const racers = Math.min(6, run.settings.limits.concurrency);
      needs(racers >= 2, ALONE);
      // Of another client's whether it is refused before the state is looked at is not said.
      const others = run.tokens.canIssue('other') ? (['other'] as const) : [];
      await each(['altered', 'none', 'altered', 'none', ...others] as const, async (how, told) => {
        const { client, sessions, check } = told;
        const isOther = how === 'other';
        const session = await sessions.active();
        const [changed = noAuthorization] = how === 'altered' ? altered(await client.token(session)) : [];
        const wrong = isOther ? ofAnotherClient((await run.tokens.any('other')).value) : changed;
        const answers = await client.cancelTogether(
          session,
          Array.from({ length: racers }, (_, i) => (i % 2 === 0 ? { authorization: wrong } : {})),
        );
        const valid = answers.filter((_, i) => i % 2 === 1);
        await needsTimeLeft(told, session, valid);
        for (const [i, answer] of answers.entries()) {
          if (i % 2 === 1) continue;
          const wanted = isOther ? [400, 401] : [401];
          const status = answer.response?.status ?? 0;
          check(isOther ? 'token.other-client' : 'token.before-state').that(
            wanted.includes(status),
            wanted.join(' or '),
            String(status),
            answer,
            undefined,
            answers,
          );
        }
        const shown = valid.find(({ response }) => response?.status === 200) ?? valid[0];
        if (shown === undefined) return;
        const holds = check('cancel.concurrent').wonOnce(valid, shown, session, answers);
        if (holds) await isOver(told, session, shown);
      });
    },
  ),
);

test(
  ...verifies(
    ['cancel.immediate', 'cancel.success', 'token.other-client'],
    "while another client's cancel of it is under way",
    async ({ each, run }) => {
      needs(run.settings.limits.concurrency >= 2, ALONE);
      needs(run.tokens.canIssue('other'), SECOND_CLIENT);
      // What comes of it hangs on which of them sees the session first, so that the other client's gets a start.
      await each([1, 2, 3, 4], async (startMs, told) => {
        const { client, sessions, check } = told;
        const session = await sessions.active();
        const authorization = ofAnotherClient((await run.tokens.any('other')).value);
        const answers = await client.cancelTogether(session, [{ authorization }, { behindMs: startMs }]);
        const [refused, answer] = answers;
        if (refused === undefined || answer === undefined) return;
        check('token.other-client').status(refused, 400, 401);
        await hasSucceeded(told, session, answer);
      });
    },
  ),
);

test(
  ...verifies('cancel.concurrent', 'asked for in unusual manners', async ({ each, run }) => {
    const racers = Math.min(12, run.settings.limits.concurrency);
    needs(racers >= 2, ALONE);
    const ways = [
      'another token',
      'a client id',
      'ids in either letter case',
      'a query',
      'a body',
      'other user agents',
    ] as const;
    // The usual way beats another that takes longer; the racers of one way are even.
    const mixed = ways.map((how, i) => [how, ways[(i + 1) % ways.length], 'the usual way'] as const);
    await each([...mixed, ...ways.map((how) => [how])], async (race, told) => {
      const { client, sessions, check } = told;
      const session = await sessions.active({ referenceId: EXAMPLE_REFERENCE });
      const another = anotherOfTheClient(await client.token(await sessions.standing()));
      const unusual: Readonly<Record<string, Manner>> = {
        'another token': { authorization: another },
        'a client id': { clientId: 'conformance' },
        'ids in either letter case': inUpperCase(session.id),
        'a query': { query: 'reason=raced' },
        'a body': { body: { type: 'application/json', text: '{}' } },
        'other user agents': { userAgent: 'curl/8.5.0' },
      };
      const hows = Array.from({ length: racers }, (_, i) => race[i % race.length] ?? 'the usual way');
      const answers = await client.cancelTogether(
        session,
        hows.map((how) => unusual[how] ?? {}),
      );
      await needsTimeLeft(told, session, answers);
      const statuses = answers.map(({ response }) => response?.status ?? 0);
      const shown = answers.findLast(({ response }) => response?.status !== 400) ?? answers[0];
      if (shown === undefined) return;
      // Whether they may cancel at all is not said; that no two of them do is.
      const refusals = hows.includes('a body') ? [400, 401, 413, 415] : [400, 401];
      const allRefused =
        !hows.includes('the usual way') && statuses.every((status) => refusals.includes(status));
      check('cancel.concurrent').that(
        isWonOnce(statuses, refusals) || allRefused,
        `200 once, else ${refusals.join(' or ')}`,
        raceInWords(statuses),
        shown,
        session,
        answers,
      );
    });
  }),
);
