/** Lives of sessions: any order of cancels, refusals and reads, held against a model of the service. */

import fc from 'fast-check';
import type { Manner } from '../fixtures/client.js';
import { altered, bearer, malformed, noAuthorization } from '../fixtures/credentials.js';
import type { Exchange } from '../fixtures/exchange.js';
import { type Order, randomReference, type Session } from '../fixtures/sessions.js';
import { test, verifies } from '../fixtures/test.js';
import type { TrialFixtures } from '../fixtures/trial.js';
import { isRefused, succeeds, winsOnce } from './parts/cancelling.js';
import { nearIds } from './parts/id-forms.js';
import { accepts, ordinaryManner } from './parts/manners.js';

/** What may happen to one of the sessions of a life. */
type Step =
  | { readonly does: 'cancel'; readonly which: number; readonly manner: Manner }
  | {
      readonly does: 'cancel several times at once';
      readonly which: number;
      readonly accepts: readonly (string | null)[];
    }
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
  readonly sessions: readonly {
    /** Whether it has the common referenceId, one of its own, or none. */
    readonly reference: 'common' | 'own' | 'none';
    readonly order: Order;
  }[];
  readonly steps: readonly Step[];
}

function life(): fc.Arbitrary<Life> {
  const which = fc.nat(1);
  const how = fc.nat(40);
  const accept = fc.constantFrom(...accepts);
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ does: fc.constant('cancel' as const), which, manner: ordinaryManner() }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        does: fc.constant('cancel several times at once' as const),
        which,
        accepts: fc.array(accept, { minLength: 2, maxLength: 4 }),
      }),
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
    sessions: fc.array(
      fc.record({
        reference: fc.constantFrom('common' as const, 'own' as const, 'none' as const),
        order: fc.constantFrom<Order>('as usual', 'without an amount', 'in French'),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    steps: fc.array(step, { minLength: 2, maxLength: 9 }),
  });
}

test(
  ...verifies(
    [
      'cancel.success',
      'cancel.twice',
      'cancel.concurrent',
      'cancel.only-that-session',
      'token.no-effect',
      'id.no-effect',
    ],
    'in any life',
    async ({ property }) => {
      await property(life(), async ({ sessions: wanted, steps }, told) => {
        const common = randomReference();
        const sessions: Session[] = [];
        for (const { reference, order } of wanted) {
          const referenceId = { common, own: randomReference(), none: undefined }[reference];
          sessions.push(await told.sessions.active({ referenceId, order }));
        }
        for (const session of sessions) await withoutLeadingZeros(session, told);
        for (const step of steps) {
          const session = sessions[step.which % sessions.length];
          if (session !== undefined && session.state !== 'lost') await take(step, session, sessions, told);
        }
      });
    },
  ),
);

/** Asked for every session, since not every id has a group that begins with a zero, which some readers of UUIDs do without. */
async function withoutLeadingZeros(session: Session, told: TrialFixtures): Promise<void> {
  const form = nearIds.find(({ kind }) => kind.includes('leading zeros'));
  if (form === undefined) return;
  const id = { text: form.write(session.id), kind: form.kind };
  const answer = await told.client.cancel(session, { id });
  told.check('id.malformed').status(answer, 400);
  await staysAsItWas('id.no-effect', session, answer, told);
}

async function take(
  step: Step,
  session: Session,
  sessions: readonly Session[],
  told: TrialFixtures,
): Promise<void> {
  switch (step.does) {
    case 'cancel': {
      const answer = await (session.state === 'active' ? succeeds : isRefused)(told, session, step.manner);
      await othersStay(session, sessions, answer, told);
      return;
    }
    case 'cancel several times at once': {
      const { concurrency } = told.run.settings.manners;
      const manners = step.accepts.slice(0, concurrency).map((accept) => ({ accept }));
      const answer = (await winsOnce(told, session, manners)).at(-1);
      if (answer !== undefined) await othersStay(session, sessions, answer, told);
      return;
    }
    case 'cancel without a valid token': {
      const token = await told.client.token(session);
      const wrong = [noAuthorization, ...malformed(token), ...altered(token)];
      const authorization = wrong[step.how % wrong.length] ?? noAuthorization;
      const answer = await told.client.cancel(session, { authorization, accept: step.accept });
      told.check('token.before-state').status(answer, 401);
      await staysAsItWas('token.no-effect', session, answer, told);
      return;
    }
    case 'cancel under a malformed id': {
      const form = nearIds[step.how % nearIds.length];
      if (form === undefined) return;
      const id = { text: form.write(session.id), kind: form.kind };
      const answer = await told.client.cancel(session, { id, accept: step.accept });
      told.check('id.malformed').status(answer, 400);
      await staysAsItWas('id.no-effect', session, answer, told);
      return;
    }
    case 'cancel for another client': {
      if (!told.run.tokens.canIssue('other')) return;
      const { value } = await told.run.tokens.issue('other');
      const authorization = bearer(value, "another client's", 'OTHER_TOKEN');
      const answer = await told.client.cancel(session, { authorization, accept: step.accept });
      told.check('token.other-client').status(answer, 400, 401);
      await staysAsItWas('token.other-client', session, answer, told);
    }
  }
}

/** Of the sessions of a life those that are not asked for stay active, or Cancelled. */
async function othersStay(
  session: Session,
  sessions: readonly Session[],
  answer: Exchange,
  told: TrialFixtures,
): Promise<void> {
  for (const other of sessions)
    if (other !== session) await staysAsItWas('cancel.only-that-session', other, answer, told);
}

/** @param requirement broken where the session was active and is no more */
async function staysAsItWas(
  requirement: string,
  session: Session,
  answer: Exchange,
  { check }: TrialFixtures,
): Promise<void> {
  if (session.state === 'active') await check(requirement).stillActive(session, answer);
  else if (session.state === 'cancelled') await check('cancel.lasting').reads(session, 'Cancelled', answer);
}
