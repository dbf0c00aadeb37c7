/** Other sessions: only the one asked for is cancelled, in whatever manner. Told alone, so that what ends is known to be its doing. */

import { randomUUID } from 'node:crypto';
import { isOrdinary, type Manner } from '../fixtures/client.js';
import { ofAnotherClient } from '../fixtures/credentials.js';
import type { Exchange } from '../fixtures/exchange.js';
import { randomReference } from '../fixtures/sessions/initiating.js';
import type { Session, Wish } from '../fixtures/sessions/session.js';
import { needsTimeLeft } from '../fixtures/sessions/time-left.js';
import { NotThis } from '../fixtures/stops.js';
import { test, verifies } from '../fixtures/test.js';
import type { CaseFixtures } from '../fixtures/verifies.js';
import { isUuid } from '../spec/formats.js';
import { nobodysIds, otherIds } from './parts/id-forms.js';
import { inUpperCase } from './parts/manners.js';

/** A manner of cancelling `session`; `other` is a session that stands by. */
type MannerOf = (session: Session, other: Session) => Manner;

const usual: MannerOf = () => ({});
const withClientId: MannerOf = () => ({ clientId: 'conformance' });
const withUpperCaseId: MannerOf = ({ id }) => inUpperCase(id);

/** Names another session in every way in which careless code may look for one. */
const naming = ({ id, referenceId }: Session) => ({
  sessionId: id,
  id,
  ...(referenceId === null ? {} : { referenceId }),
});

/** Manners in which code may find more to cancel than the path names. */
const everyManner: readonly MannerOf[] = [
  usual,
  withClientId,
  withUpperCaseId,
  () => ({ accept: 'text/json' }),
  () => ({ accept: 'text/plain' }),
  () => ({ accept: 'text/html, application/json' }),
  (_, other) => ({ body: { type: 'application/json', text: JSON.stringify(naming(other)) } }),
  (_, other) => ({
    body: {
      type: 'application/x-www-form-urlencoded',
      text: new URLSearchParams(naming(other)).toString(),
    },
  }),
  (_, other) => ({ query: new URLSearchParams(naming(other)).toString() }),
  () => ({ bare: true, accept: null }),
];

const fewManners: readonly MannerOf[] = [
  usual,
  withClientId,
  withUpperCaseId,
  () => ({ accept: 'text/json' }),
];

/** The service's clients that the run can act as. */
function clients({ run }: CaseFixtures): readonly ('main' | 'other')[] {
  return run.tokens.canIssue('other') ? ['main', 'other'] : ['main'];
}

/**
 * Cancels one session after another, each twice and each between one that was made before and one that was made behind
 * it: neither of the two, nor any that stands by, is ended. Where sessions are few there is none before.
 *
 * @param wish what each session is asked for with
 * @param manners each for a session of its own
 */
async function reachesNoFurther(
  told: CaseFixtures,
  requirement: string,
  bystanders: readonly Session[],
  wish: () => Wish,
  manners: readonly MannerOf[],
): Promise<void> {
  const { client, sessions, check } = told;
  const [other] = bystanders;
  if (other === undefined) return;
  let next = await sessions.active(wish());
  const passed: Session[] = [];
  for (const mannerOf of manners) {
    const before = next;
    const isBetween = told.run.settings.plan.sessionsAbound || before.state !== 'active';
    const session = isBetween ? await sessions.active(wish()) : before;
    next = await sessions.active(wish());
    const stand = async (answer: Exchange) => {
      const others = [...bystanders, before, next].filter((one) => one !== session);
      const standing = others.filter(({ state }) => state === 'active');
      await Promise.all(standing.map((one) => check(requirement).stillActive(one, answer)));
    };
    const manner = mannerOf(session, other);
    const answer = await client.cancel(session, manner);
    await needsTimeLeft(told, session, [answer]);
    if (isOrdinary(manner)) check('cancel.success').status(answer, 200);
    await stand(answer);
    // A service that answers no cancel with 200 refuses none because of its manner.
    if (session.state === 'active' && told.run.sessions.everCancelled)
      await check(refusedBy(manner)).stillActive(session, answer);
    if (session.state === 'cancelled') await stand(await client.cancel(session, manner));
    passed.push(before);
  }
  if (told.run.tokens.canIssue('other')) {
    const authorization = ofAnotherClient((await told.run.tokens.issue('other')).value);
    const answer = await client.cancel(next, { authorization });
    check('token.other-client').status(answer, 400, 401);
    for (const one of bystanders)
      if (one.state === 'active') await check(requirement).stillActive(one, answer);
    // What ends here is the session asked for.
    await check('token.other-client').stillActive(next, answer);
  }
  for (const one of [...bystanders, ...passed, next]) await told.settle(one);
}

/** What a refusal of this manner breaks that cancelled all the same. */
function refusedBy({ body, query }: Manner): string {
  if (body !== undefined) return 'cancel.request-body';
  return query === undefined ? 'cancel.success' : 'cancel.query';
}

/** What a store that is asked with patterns, without letter case or without accents takes for the same. */
function likeReferences(referenceId: string): string[] {
  const without = [referenceId.replace('_', '-'), referenceId.replace('same', 'sam\u00e9')];
  return [referenceId.toUpperCase(), `${referenceId}-2`, `${referenceId} `, ...without];
}

/** The session, or none where Initiate does not accept what it is asked for with. */
async function whereAccepted(session: Promise<Session>): Promise<readonly Session[]> {
  try {
    return [await session];
  } catch (error) {
    if (error instanceof NotThis) return [];
    throw error;
  }
}

test(
  ...verifies(['cancel.only-that-session', 'cancel.success'], async (told) => {
    const { sessions } = told;
    const wish = () => ({ referenceId: randomReference() });
    const bystanders: Session[] = [];
    for (const client of clients(told))
      bystanders.push(await (client === 'other' ? sessions.others() : sessions.active(wish())));
    bystanders.push(await sessions.active());
    await reachesNoFurther(told, 'cancel.only-that-session', bystanders, wish, told.some(everyManner));
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
  ...verifies('cancel.same-reference', 'an empty one', async (told) => {
    const wish = () => ({ referenceId: '' });
    const bystanders = await whereAccepted(told.sessions.active(wish()));
    await reachesNoFurther(told, 'cancel.same-reference', bystanders, wish, [usual]);
  }),
);

test(
  ...verifies('cancel.same-reference', async (told) => {
    const { sessions } = told;
    // As a pattern of SQL the underscore stands for any character; some services take none.
    const random = randomReference();
    const [first] = await whereAccepted(sessions.active({ referenceId: `${random}_same_order` }));
    const referenceId = `${random}${first === undefined ? '-same' : '_same_order'}`;
    const bystanders = [first ?? (await sessions.active({ referenceId }))];
    if (told.run.tokens.canIssue('other'))
      bystanders.push(await sessions.active({ client: 'other', referenceId }));
    for (const near of told.some(likeReferences(referenceId)))
      bystanders.push(...(await whereAccepted(sessions.active({ referenceId: near }))));
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
      const named = await whereAccepted(sessions.active({ referenceId: randomUUID() }));
      const references = [newest, ...named].map(({ referenceId }) => ({
        kind: 'the referenceId of a session',
        write: () => referenceId ?? '',
      }));
      const all = [newest, older, ...named];
      for (const { kind, write } of [...nobodysIds, ...references, ...some(otherIds)]) {
        const id = write('');
        const requirement = isUuid(id) ? 'id.unknown' : 'id.no-effect';
        const answer = await client.cancel(await client.nobody(id, newest, kind));
        for (const session of all) await check(requirement).stillActive(session, answer);
      }
      for (const session of all) await settle(session);
    },
  ),
);
