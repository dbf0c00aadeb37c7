/** Success: an active session is cancelled at once, and the answer says so. */

import fc from 'fast-check';
import type { Manner } from '../fixtures/client.js';
import { anotherOfTheClient } from '../fixtures/credentials.js';
import type { Exchange } from '../fixtures/exchange.js';
import { EXAMPLE_REFERENCE, randomReference } from '../fixtures/sessions/initiating.js';
import { orders } from '../fixtures/sessions/session.js';
import { needsTimeLeft } from '../fixtures/sessions/time-left.js';
import { needs } from '../fixtures/stops.js';
import { test, verifies } from '../fixtures/test.js';
import { promisedTypes } from '../spec/media-type.js';
import { isRefused, succeeds, succeedsOrRefuses } from './parts/cancelling.js';
import {
  accepts,
  bodies,
  furtherBodies,
  furtherHeaders,
  furtherQueries,
  heededHeaders,
  queries,
} from './parts/manners.js';
import { everythingAtOnce, references } from './parts/references.js';

/** Any of them but surrogates; fast-check's own `binary` unit takes seconds to build its table. */
const codePoint = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));

test(
  ...verifies(
    [
      'cancel.success',
      'cancel.immediate',
      'cancel.success.session-id',
      'cancel.success.status',
      'cancel.details-remain',
    ],
    async (told) => {
      const session = await told.sessions.active({ referenceId: EXAMPLE_REFERENCE });
      await succeeds(told, session);
      await isRefused(told, session);
    },
  ),
);

test(
  ...verifies('cancel.success', 'whatever types are accepted, and with further headers', async ({ each }) => {
    const manners: readonly Manner[] = [{ headers: furtherHeaders }, { accept: null }];
    await each(manners, async (manner, told) => {
      await succeeds(told, await told.sessions.active(), { ...manner, identity: true });
    });
  }),
);

test(
  ...verifies('cancel.page-example', async ({ client, sessions, check, run }) => {
    const session = await sessions.active({ referenceId: EXAMPLE_REFERENCE });
    const answer = await client.cancel(session, { bare: true, userAgent: 'curl/8.5.0' });
    await needsTimeLeft({ run }, session, [answer]);
    if (check('cancel.page-example').status(answer, 200))
      await check('cancel.immediate').reads(session, 'Cancelled', answer);
  }),
);

test(
  ...verifies(['cancel.success.reference-id', 'cancel.success'], 'none given', async (told) => {
    await succeeds(told, await told.sessions.active());
  }),
);

test(
  ...verifies(['cancel.success.reference-id', 'cancel.success'], 'of every kind at once', async (told) => {
    await succeeds(told, await told.sessions.active({ referenceId: everythingAtOnce }), {
      accept: 'text/json',
    });
  }),
);

test(
  ...verifies(['cancel.success.reference-id', 'cancel.success'], 'of every kind', async ({ each, run }) => {
    needs(
      run.settings.plan.sessionsAbound,
      'One session with a referenceId of every kind at once is enough.',
    );
    const all = references.map((referenceId, i) => ({
      referenceId,
      accept: promisedTypes[i % promisedTypes.length] ?? null,
    }));
    await each(all, async ({ referenceId, accept }, told) => {
      await succeeds(told, await told.sessions.active({ referenceId }), { accept });
    });
  }),
);

test(
  ...verifies(
    ['cancel.success.reference-id', 'cancel.success'],
    'any text that Initiate accepts',
    async ({ property, run }) => {
      const text = fc.oneof(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
        fc.string({ unit: codePoint, minLength: 1, maxLength: 20 }),
        fc.constantFrom(...references),
      );
      const life = fc.record({ referenceId: text, accept: fc.constantFrom(...accepts) });
      const runs = Math.ceil(run.settings.plan.runs / 8);
      await property(
        life,
        async ({ referenceId, accept }, told) => {
          await succeeds(told, await told.sessions.active({ referenceId }), { accept });
        },
        { runs: runs },
      );
    },
  ),
);

test(
  ...verifies('cancel.success', 'however it was initiated', async ({ each, run }) => {
    needs(run.settings.plan.sessionsAbound, 'At this depth sessions are initiated as usual.');
    await each(orders, async (order, told) => {
      await succeeds(told, await told.sessions.active({ referenceId: randomReference(), order }));
    });
  }),
);

test(
  ...verifies('cancel.success', 'with another token of the same client', async (told) => {
    const { client, sessions, check, run } = told;
    const session = await sessions.active();
    const another = await run.sessions.details.tokenFor(await sessions.standing());
    const authorization = anotherOfTheClient(another.value);
    const answer = await client.cancel(session, { authorization });
    // Whether a token may act on a session that it did not initiate is not said; what a 200 says must be so.
    check('cancel.success').status(answer, 200, 400, 401);
    if (answer.response?.status === 200) {
      run.sessions.reach.noteCancel(session, another.value);
      await check('cancel.immediate').reads(session, 'Cancelled', answer);
    } else await check('cancel.success').stillActive(session, answer);
    if (session.state === 'cancelled') await isRefused(told, session);
  }),
);

test(
  ...verifies(['cancel.request-body', 'cancel.request-body.ignored'], async ({ each }) => {
    await each([...bodies.entries()], async ([i, body], told) => {
      const session = await told.sessions.active();
      const manner = { body, accept: accepts[i % accepts.length] ?? null };
      const answer = await succeedsOrRefuses(told, session, manner, 'cancel.request-body', [400, 413, 415]);
      told.check('cancel.request-body.ignored').status(answer, 200);
    });
  }),
);

test(
  ...verifies(['cancel.query', 'cancel.query.ignored'], async ({ each }) => {
    await each([...queries.entries()], async ([i, query], told) => {
      const session = await told.sessions.active();
      const manner = { query, accept: accepts[i % accepts.length] ?? null };
      const answer = await succeedsOrRefuses(told, session, manner, 'cancel.query', [400, 401]);
      told.check('cancel.query.ignored').status(answer, 200);
    });
  }),
);

/** A cancelled session that is cancelled again breaks that, whatever else was tried with it. */
const brokenBy = ({ response }: Exchange, tried: string): string =>
  response?.status === 200 ? 'cancel.twice' : tried;

test(
  ...verifies(['cancel.request-body', 'cancel.twice'], 'of further kinds', async ({ each }) => {
    await each(furtherBodies, async (body, { client, sessions, check }) => {
      const answer = await client.cancel(await sessions.cancelled(), { body });
      check(brokenBy(answer, 'cancel.request-body')).status(answer, 400, 413, 415);
    });
  }),
);

test(
  ...verifies('cancel.success', 'with headers that may be heeded', async ({ each, run }) => {
    needs(run.settings.plan.sessionsAbound, 'At this depth cancelled sessions show how they are taken.');
    await each(heededHeaders, async ({ header, refusals }, told) => {
      const session = await told.sessions.active();
      await succeedsOrRefuses(told, session, { headers: [header] }, 'cancel.success', [400, ...refusals]);
    });
  }),
);

test(
  ...verifies('cancel.twice', 'with headers that may be heeded', async ({ each }) => {
    await each(heededHeaders, async ({ header, refusals }, { client, sessions, check }) => {
      const answer = await client.cancel(await sessions.cancelled(), { headers: [header] });
      check('cancel.twice').status(answer, 400, ...refusals);
    });
  }),
);

test(
  ...verifies(['cancel.query', 'cancel.twice'], 'of further forms', async ({ each }) => {
    await each(furtherQueries, async (query, { client, sessions, check }) => {
      const answer = await client.cancel(await sessions.cancelled(), { query });
      check(brokenBy(answer, 'cancel.query')).status(answer, 400, 401);
    });
  }),
);

test(
  ...verifies('cancel.query', 'of all further forms at once', async (told) => {
    const manner = { query: furtherQueries.join('&') };
    await succeedsOrRefuses(told, await told.sessions.active(), manner, 'cancel.query', [400, 401]);
  }),
);
