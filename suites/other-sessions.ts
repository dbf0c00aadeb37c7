/** Other sessions: only the one asked for is cancelled, in whatever manner. Told alone, so that what ends is known to be its doing. */

import { isOrdinary, type Manner } from '../fixtures/client.js';
import type { Exchange } from '../fixtures/exchange.js';
import { randomReference, type Session, type Wish } from '../fixtures/sessions.js';
import { test, verifies } from '../fixtures/test.js';
import type { CaseFixtures } from '../fixtures/verifies.js';
import { isUuid } from '../spec/formats.js';
import { nobodysIds, otherIds } from './parts/id-forms.js';

/** Manners in which code may find more to cancel than the path names; `other` is a session that stands by. */
const everyManner = (other: Session): readonly Manner[] => [
  {},
  { clientId: 'conformance' },
  { accept: 'text/json' },
  { accept: 'text/plain' },
  { body: { type: 'application/json', text: JSON.stringify({ sessionId: other.id, id: other.id }) } },
  { query: `sessionId=${other.id}&id=${other.id}` },
  { bare: true, accept: null },
];

const fewManners: readonly Manner[] = [{}, { clientId: 'conformance' }, { accept: 'text/json' }];

/** The service's clients that the run can act as. */
function clients({ run }: CaseFixtures): readonly ('main' | 'other')[] {
  return run.tokens.canIssue('other') ? ['main', 'other'] : ['main'];
}

/**
 * Cancels one session after another, each twice and each while the next one is there already: neither the next, nor the
 * one before, nor any that stands by is ended.
 *
 * @param wish what the next session is asked for with
 * @param manners each for a session of its own
 */
async function reachesNoFurther(
  told: CaseFixtures,
  requirement: string,
  bystanders: readonly Session[],
  wish: () => Wish,
  manners: readonly Manner[],
): Promise<void> {
  const { client, sessions, check } = told;
  const stand = async (next: Session, answer: Exchange) => {
    for (const other of [...bystanders, next])
      if (other.state === 'active') await check(requirement).stillActive(other, answer);
  };
  let next = await sessions.active(wish());
  for (const manner of manners) {
    const session = next.state === 'active' ? next : await sessions.active(wish());
    next = await sessions.active(wish());
    const answer = await client.cancel(session, manner);
    if (isOrdinary(manner)) check('cancel.success').status(answer, 200);
    await stand(next, answer);
    if (session.state === 'cancelled') await stand(next, await client.cancel(session, manner));
  }
  for (const other of [...bystanders, next]) await told.settle(other);
}

test(
  ...verifies(['cancel.only-that-session', 'cancel.success'], async (told) => {
    const { sessions } = told;
    const wish = () => ({ referenceId: randomReference() });
    const one = await sessions.active();
    const bystanders = [one];
    for (const client of clients(told)) bystanders.push(await sessions.active({ client, ...wish() }));
    await reachesNoFurther(told, 'cancel.only-that-session', bystanders, wish, told.some(everyManner(one)));
  }),
);

test(
  ...verifies('cancel.only-that-session', 'none with a referenceId', async (told) => {
    const bystanders: Session[] = [];
    for (const client of clients(told)) bystanders.push(await told.sessions.active({ client }));
    const manners = told.some(fewManners);
    await reachesNoFurther(told, 'cancel.only-that-session', bystanders, () => ({}), manners);
  }),
);

test(
  ...verifies('cancel.same-reference', async (told) => {
    const referenceId = `${randomReference()}-same`;
    const near = [referenceId.toUpperCase(), `${referenceId}-2`];
    const bystanders: Session[] = [];
    for (const one of told.some(near)) bystanders.push(await told.sessions.active({ referenceId: one }));
    for (const client of clients(told)) bystanders.push(await told.sessions.active({ client, referenceId }));
    const manners = told.some(fewManners);
    await reachesNoFurther(told, 'cancel.same-reference', bystanders, () => ({ referenceId }), manners);
  }),
);

test(
  ...verifies(
    ['cancel.only-that-session', 'id.unknown', 'id.no-effect'],
    'by an id that is that of none',
    async ({ client, sessions, check, settle, some }) => {
      const older = await sessions.active();
      const newest = await sessions.active({ referenceId: randomReference() });
      for (const { kind, write } of [...nobodysIds, ...some(otherIds)]) {
        const id = write('');
        const requirement = isUuid(id) ? 'id.unknown' : 'id.no-effect';
        const answer = await client.cancel({ id, token: await client.token(newest), kind });
        for (const session of [newest, older]) await check(requirement).stillActive(session, answer);
      }
      for (const session of [newest, older]) await settle(session);
    },
  ),
);
