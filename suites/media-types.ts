/** Media types: the answer is of the type that was asked for, among those declared. */

import { randomUUID } from 'node:crypto';
import type { Manner } from '../fixtures/client.js';
import { altered, noAuthorization, ofAnotherClient } from '../fixtures/credentials.js';
import type { Exchange } from '../fixtures/exchange.js';
import { EXAMPLE_REFERENCE } from '../fixtures/sessions/initiating.js';
import { needs } from '../fixtures/stops.js';
import { test, verifies } from '../fixtures/test.js';
import type { TrialFixtures } from '../fixtures/trial.js';
import { promisedTypes } from '../spec/media-type.js';
import { succeeds } from './parts/cancelling.js';
import { withADigitMore, written } from './parts/id-forms.js';
import {
  acceptList,
  furtherHeaders,
  inUpperCase,
  longLists,
  unacceptable,
  usualLists,
} from './parts/manners.js';

for (const type of promisedTypes) {
  const requirement = `media.${type.replace('/', '-')}`;
  test(
    ...verifies([requirement, 'answer.media-type', 'answer.json'], async (told) => {
      const { client, sessions, run } = told;
      needs(run.settings.contract.declares(type), 'The contract does not declare it.');
      const session = await sessions.active({ referenceId: EXAMPLE_REFERENCE });
      const refused = await client.cancel(session, { accept: type, authorization: noAuthorization });
      told.check('token.missing').status(refused, 401);
      await succeeds(told, session, { accept: type });
      await client.cancel(session, { accept: type });
    }),
  );
}

/** A cancelled session is answered 400 with a token, and 401 without one. */
async function isRefusedEitherWay(accept: string, { client, sessions, check }: TrialFixtures): Promise<void> {
  const session = await sessions.cancelled();
  check('cancel.twice').status(await client.cancel(session, { accept }), 400);
  check('token.before-state').status(
    await client.cancel(session, { accept, authorization: noAuthorization }),
    401,
  );
}

/** A malformed id and one of no session are answered 400; with `refusals` where nothing that is declared is acceptable. */
async function isRefusedForItsId(
  accept: string,
  { client, sessions, check }: TrialFixtures,
  refusals: readonly number[],
): Promise<void> {
  const session = await sessions.standing();
  const id = written(withADigitMore, session.id);
  check('id.malformed').status(await client.cancel(session, { accept, id }), 400, ...refusals);
  const nobody = await client.nobody(randomUUID(), session);
  check('id.unknown').status(await client.cancel(nobody, { accept }), 400, ...refusals);
}

test(
  ...verifies(['media.any', 'media.quality'], 'for 400 and 401', async ({ property }) => {
    await property(acceptList(), isRefusedEitherWay);
  }),
);

test(
  ...verifies(
    ['media.any', 'media.quality', 'id.malformed', 'id.unknown'],
    'in usual lists',
    async ({ each }) => {
      await each(usualLists, async (accept, told) => {
        await isRefusedEitherWay(accept, told);
        await isRefusedForItsId(accept, told, []);
      });
    },
  ),
);

/** Manners that nobody refuses, so that the answer is the operation's. */
const manners: readonly ((id: string) => Manner)[] = [
  () => ({ bare: true }),
  () => ({ headers: furtherHeaders }),
  inUpperCase,
];

test(
  ...verifies('media.any', 'however it is asked for', async ({ each }) => {
    const both = manners.flatMap((manner) => promisedTypes.map((accept) => ({ accept, manner })));
    await each(both, async ({ accept, manner }, { client, sessions, check }) => {
      const session = await sessions.cancelled();
      check('cancel.twice').status(await client.cancel(session, { ...manner(session.id), accept }), 400);
    });
  }),
);

test(
  ...verifies(['media.any', 'media.quality'], 'in long lists', async ({ each }) => {
    await each(longLists, async (accept, { client, sessions, check }) => {
      const session = await sessions.cancelled();
      check('cancel.twice').status(await client.cancel(session, { accept }), 400);
    });
  }),
);

test(
  ...verifies(['media.any', 'media.quality'], 'for 200', async ({ each, sample }) => {
    const lists = ['text/json;q=0.2, text/plain;q=0.9', 'application/*', 'text/*', sample(acceptList())];
    await each(lists, async (accept, told) => {
      await succeeds(told, await told.sessions.active(), { accept });
    });
  }),
);

test(
  ...verifies('media.any', 'without an Accept header', async (told) => {
    const session = await told.sessions.active();
    const refused = await told.client.cancel(session, { accept: null, authorization: noAuthorization });
    told.check('token.missing').status(refused, 401);
    await succeeds(told, session, { accept: null });
    await told.client.cancel(session, { accept: null });
  }),
);

/** A 406 that cancelled breaks that, whatever token was sent. */
const effectOf = ({ response }: Exchange, otherwise: string): string =>
  response?.status === 406 ? 'media.no-effect' : otherwise;

test(
  ...verifies(['media.unacceptable', 'media.no-effect', 'token.no-effect'], async ({ each, run }) => {
    await each(unacceptable, async (accept, { client, sessions, check }) => {
      const session = await sessions.active();
      const [wrong = noAuthorization] = altered(await client.token(session));
      for (const authorization of [noAuthorization, wrong]) {
        const refused = await client.cancel(session, { accept, authorization });
        check(authorization === noAuthorization ? 'token.missing' : 'token.altered').status(
          refused,
          401,
          406,
        );
        await check(effectOf(refused, 'token.no-effect')).stillActive(session, refused);
      }
      if (run.tokens.canIssue('other')) {
        const authorization = ofAnotherClient((await run.tokens.any('other')).value);
        const refused = await client.cancel(session, { accept, authorization });
        check('token.other-client').status(refused, 400, 401, 406);
        await check(effectOf(refused, 'token.other-client')).stillActive(session, refused);
      }
      // Twice, since a second refusal may do what the first did not.
      for (let time = 1; time <= 2 && session.state === 'active'; time += 1) {
        const answer = await client.cancel(session, { accept });
        if (answer.response?.status === 200) check('media.no-effect').held(answer);
        else await check('media.no-effect').stillActive(session, answer);
      }
    });
  }),
);

test(
  ...verifies('media.unacceptable', 'for 400 and 401', async ({ each }) => {
    await each(unacceptable, async (accept, told) => {
      const { client, sessions, check } = told;
      const session = await sessions.cancelled();
      check('cancel.twice').status(await client.cancel(session, { accept }), 400, 406);
      const refused = await client.cancel(session, { accept, authorization: noAuthorization });
      check('token.before-state').status(refused, 401, 406);
      await isRefusedForItsId(accept, told, [406]);
    });
  }),
);
