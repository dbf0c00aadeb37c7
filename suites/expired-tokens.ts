/** Expired tokens: refused like none at all, whatever they were used for before. */

import { randomUUID } from 'node:crypto';
import { Asking } from '../fixtures/asking.js';
import { bearer } from '../fixtures/credentials.js';
import { needs } from '../fixtures/stops.js';
import { test, verifies } from '../fixtures/test.js';
import { surelyEndedAt } from '../fixtures/tokens.js';
import { succeeds } from './parts/cancelling.js';
import { withADigitMore, written } from './parts/id-forms.js';
import { accepts, unusualManners } from './parts/manners.js';

test(
  ...verifies(['token.expired', 'token.no-effect', 'token.before-state', 'id.malformed'], async (told) => {
    const { client, sessions, check, run } = told;
    const name = run.tokens.canIssue('brief') ? 'brief' : 'main';
    const session = await sessions.active({ client: name });
    const { value, lifetimeMs } = session.token;
    const lives = Number.isFinite(lifetimeMs)
      ? `A token lives ${lifetimeMs / 1000} seconds`
      : 'How long a token lives is not known';
    const { patienceMs } = run.settings.plan;
    needs(
      lifetimeMs <= patienceMs,
      `${lives}, and at this depth a run waits for ${patienceMs / 1000} at most.`,
    );
    // Of three tokens one has initiated a session, one has cancelled the session that it initiated, and one was not used.
    const over = await sessions.active({ client: name });
    await succeeds(told, over);
    const unused = await run.tokens.issue(name);
    // No use of a token makes it live longer than Authorize said.
    await Asking.pause(Math.max(0, over.token.expiresAt - lifetimeMs / 5 - performance.now()));
    for (const token of [over.token.value, value])
      await client.cancel(over, { authorization: bearer(token) });
    const endedAt = Math.max(...[over.token, session.token, unused].map(surelyEndedAt));
    await Asking.pause(Math.max(0, endedAt - performance.now()));
    for (const token of [value, unused.value, over.token.value]) {
      const authorization = bearer(token, 'expired', 'EXPIRED_TOKEN');
      for (const accept of accepts) {
        const answer = await client.cancel(session, { authorization, accept });
        check('token.expired').status(answer, 401);
        await check('token.no-effect').stillActive(session, answer);
        check('token.before-state').status(await client.cancel(over, { authorization, accept }), 401);
      }
    }
    const authorization = bearer(value, 'expired', 'EXPIRED_TOKEN');
    const nobody = await client.nobody(randomUUID(), session);
    check('token.expired').status(await client.cancel(nobody, { authorization }), 401);
    const malformed = written(withADigitMore, session.id);
    check('id.malformed').status(await client.cancel(session, { authorization, id: malformed }), 400, 401);
    for (const { manner, refusals } of unusualManners) {
      const answer = await client.cancel(session, { ...manner(session.id), authorization });
      check('token.expired').status(answer, 401, ...refusals);
      await check('token.no-effect').stillActive(session, answer);
    }
  }),
);
