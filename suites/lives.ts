/** Lives of sessions: any order of cancels, refusals and reads, held against a model of the service. */

import fc from 'fast-check';
import type { Manner } from '../fixtures/client.js';
import { altered, bearer, malformed, noAuthorization } from '../fixtures/credentials.js';
import { randomReference, type Session } from '../fixtures/sessions.js';
import { test, verifies } from '../fixtures/test.js';
import type { TrialFixtures } from '../fixtures/trial.js';
import { isRefused, succeeds } from './parts/cancelling.js';
import { nearIds } from './parts/id-forms.js';
import { accepts, ordinaryManner } from './parts/manners.js';

/** What may happen to one of the sessions of a life. */
type Step =
  | { readonly does: 'cancel'; readonly which: number; readonly manner: Manner }
  | {
      readonly does: 'cancel without a valid token';
      readonly which: number;
      readonly how: number;
      readonly accept: string | null;
    }
  | {
      readonly does: 'cancel under a malformed id';
      readonly which: number;
      readonly how: number;
      readonly accept: string | null;
    }
  | { readonly does: 'cancel for another client'; readonly which: number; readonly accept: string | null };

interface Life {
  /** For each session whether it has the common referenceId, one of its own, or none. */
  readonly references: readonly ('common' | 'own' | 'none')[];
  readonly steps: readonly Step[];
}

function life(): fc.Arbitrary<Life> {
  const which = fc.nat(1);
  const how = fc.nat(40);
  const accept = fc.constantFrom(...accepts);
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ does: fc.constant('cancel' as const), which, manner: ordinaryManner() }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        does: fc.constant('cancel without a valid token' as const),
        which,
        how,
        accept,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ does: fc.constant('cancel under a malformed id' as const), which, how, accept }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ does: fc.constant('cancel for another client' as const), which, accept }),
    },
  );
  return fc.record({
    references: fc.array(fc.constantFrom('common' as const, 'own' as const, 'none' as const), {
      minLength: 1,
      maxLength: 2,
    }),
    steps: fc.array(step, { minLength: 2, maxLength: 9 }),
  });
}

test(
  ...verifies(
    ['cancel.success', 'cancel.twice', 'cancel.only-that-session', 'token.no-effect', 'id.no-effect'],
    'in any life',
    async ({ property }) => {
      await property(life(), async ({ references, steps }, told) => {
        const common = randomReference();
        const sessions: Session[] = [];
        for (const reference of references) {
          const referenceId = { common, own: randomReference(), none: undefined }[reference];
          sessions.push(await told.sessions.active({ referenceId }));
        }
        for (const step of steps) await take(step, sessions, told);
      });
    },
  ),
);

async function take(step: Step, sessions: readonly Session[], told: TrialFixtures): Promise<void> {
  const session = sessions[step.which % sessions.length];
  if (session === undefined || session.state === 'lost') return;
  const others = sessions.filter((other) => other !== session && other.state === 'active');
  const { client, check, run } = told;
  switch (step.does) {
    case 'cancel': {
      const answer = await (session.state === 'active' ? succeeds : isRefused)(told, session, step.manner);
      for (const other of others) await check('cancel.only-that-session').stillActive(other, answer);
      return;
    }
    case 'cancel without a valid token': {
      const token = await client.token(session);
      const wrong = [noAuthorization, ...malformed(token), ...altered(token)];
      const authorization = wrong[step.how % wrong.length] ?? noAuthorization;
      const answer = await client.cancel(session, { authorization, accept: step.accept });
      check('token.before-state').status(answer, 401);
      if (session.state === 'active') await check('token.no-effect').stillActive(session, answer);
      return;
    }
    case 'cancel under a malformed id': {
      const form = nearIds[step.how % nearIds.length];
      if (form === undefined) return;
      const answer = await client.cancel(session, {
        id: { text: form.write(session.id), kind: form.kind },
        accept: step.accept,
      });
      check('id.malformed').status(answer, 400);
      if (session.state === 'active') await check('id.no-effect').stillActive(session, answer);
      return;
    }
    case 'cancel for another client': {
      if (!run.tokens.canIssue('other')) return;
      const authorization = bearer(
        (await run.tokens.issue('other')).value,
        "another client's",
        'OTHER_TOKEN',
      );
      const answer = await client.cancel(session, { authorization, accept: step.accept });
      check('token.other-client').status(answer, 400, 401);
      if (session.state === 'active') await check('token.other-client').stillActive(session, answer);
    }
  }
}
