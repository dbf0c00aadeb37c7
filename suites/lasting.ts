/** Lasting: what was cancelled stays so, for as long as the run can wait. */

import { Asking } from '../fixtures/asking.js';
import { needsTimeLeft } from '../fixtures/sessions/time-left.js';
import { NO_DETAILS, needs, SECOND_CLIENT } from '../fixtures/stops.js';
import { test, verifies } from '../fixtures/test.js';
import { isRefused, succeeds } from './parts/cancelling.js';

/** When to look again, in milliseconds behind the 200. */
const MOMENTS = [50, 250, 700, 1500, 3000, 6000, 15_000];

test(
  ...verifies(['cancel.lasting', 'cancel.twice'], async (told) => {
    const { lastingMs } = told.run.settings.plan;
    const session = await told.sessions.active();
    const untouched = await told.sessions.active();
    const old = await told.sessions.active();
    const answer = await succeeds(told, session);
    const first = await succeeds(told, untouched);
    const start = performance.now();
    for (const moment of MOMENTS.filter((at) => at <= lastingMs)) {
      await Asking.pause(Math.max(0, start + moment - performance.now()));
      await told.check('cancel.lasting').reads(session, 'Cancelled', answer);
      await isRefused(told, session);
    }
    // What each look may have set right shows in the session that nobody looked at.
    await told.check('cancel.lasting').reads(untouched, 'Cancelled', first);
    await isRefused(told, untouched);
    // A session may be cancelled at any age.
    await succeeds(told, old);
  }),
);

test(
  ...verifies('cancel.lasting', 'when another client has asked for its details', async (told) => {
    const { sessions, check, run } = told;
    needs(run.tokens.canIssue('other'), SECOND_CLIENT);
    needs(run.sessions.details.usable, NO_DETAILS);
    const session = await sessions.cancelled();
    await run.sessions.details.readAsStranger(session, await run.tokens.any('other'));
    const answer = await isRefused(told, session);
    await check('cancel.lasting').reads(session, 'Cancelled', answer);
  }),
);

test(
  ...verifies('cancel.immediate', 'whoever reads it', async ({ client, sessions, check, run }) => {
    needs(run.sessions.details.usable, NO_DETAILS);
    const session = await sessions.active();
    const before = await run.sessions.details.readAsAnother(session);
    needs(before !== null, 'Session Details need the token that initiated the session.');
    const answer = await client.cancel(session);
    await needsTimeLeft({ run }, session, [answer]);
    if (!check('cancel.success').status(answer, 200)) return;
    const status = await run.sessions.details.readAsAnother(session);
    if (status !== null)
      check('cancel.immediate').that(
        status === 'Cancelled',
        'Cancelled in the details',
        status,
        answer,
        session,
      );
  }),
);
