/** Session ids: only the text form of a UUID names a session, and only one that there is. */

import fc from 'fast-check';
import type { Check } from '../fixtures/check.js';
import type { Manner } from '../fixtures/client.js';
import { altered, noAuthorization } from '../fixtures/credentials.js';
import type { Exchange } from '../fixtures/exchange.js';
import type { Session } from '../fixtures/sessions/session.js';
import { NotThis, needs, SECOND_CLIENT } from '../fixtures/stops.js';
import { test, verifies } from '../fixtures/test.js';
import { promisedTypes } from '../spec/media-type.js';
import { succeeds, succeedsOrRefuses } from './parts/cancelling.js';
import { type AlteredId, malformedId, nearIds, oddIds, otherIds, written } from './parts/id-forms.js';
import { accepts, bodies, fewUnusualManners } from './parts/manners.js';

test(
  ...verifies(['id.malformed', 'id.no-effect'], async ({ each }) => {
    const all = [...nearIds, ...otherIds].flatMap((form) =>
      promisedTypes.map((accept) => ({ form, accept })),
    );
    await each(all, async ({ form, accept }, { client, sessions, check }) => {
      const session = await sessions.standing();
      const answer = await client.cancel(session, { id: written(form, session.id), accept });
      check('id.malformed').status(answer, 400);
      await changesNothing(check('id.no-effect'), session, answer);
    });
  }),
);

test(
  ...verifies(['id.malformed', 'id.no-effect'], 'however it is asked for', async ({ each }) => {
    const both = nearIds.flatMap((form) => fewUnusualManners.map((unusual) => ({ form, ...unusual })));
    await each(both, async ({ form, manner, refusals }, { client, sessions, check }) => {
      const session = await sessions.standing();
      const answer = await client.cancel(session, { ...manner(session.id), id: written(form, session.id) });
      check('id.malformed').status(answer, 400, ...refusals);
      await changesNothing(check('id.no-effect'), session, answer);
    });
  }),
);

test(
  ...verifies(['id.malformed', 'id.no-effect'], 'near to the id of a session', async ({ property }) => {
    await property(malformedId(), async (form, { client, sessions, check }) => {
      const session = await sessions.standing();
      const answer = await client.cancel(session, { id: written(form, session.id) });
      check('id.malformed').status(answer, 400);
      await changesNothing(check('id.no-effect'), session, answer);
    });
  }),
);

test(
  ...verifies(['id.malformed', 'id.no-effect'], 'without a valid token', async ({ each }) => {
    await each([...nearIds.entries()], async ([i, form], { client, sessions, check }) => {
      const session = await sessions.standing();
      const [wrong = noAuthorization] = altered(await client.token(session));
      for (const authorization of [noAuthorization, wrong]) {
        const answer = await client.cancel(session, {
          id: written(form, session.id),
          authorization,
          accept: accepts[i % accepts.length] ?? null,
        });
        check('id.malformed').status(answer, 400, 401);
        await changesNothing(check('id.no-effect'), session, answer);
      }
    });
  }),
);

test(
  ...verifies(['id.odd', 'id.no-effect'], async ({ each }) => {
    const manners: readonly Manner[] = [
      ...promisedTypes.map((accept) => ({ accept })),
      ...bodies.slice(0, 1).map((body) => ({ body })),
      { bare: true },
    ];
    const both = oddIds.flatMap((form) => manners.map((manner) => ({ form, manner })));
    await each(both, async ({ form, manner }, { client, sessions, check }) => {
      const session = await sessions.standing();
      const answer = await client.cancel(session, { ...manner, id: written(form, session.id) });
      check('id.odd').refusedOrRedirected(answer);
      await changesNothing(check('id.no-effect'), session, answer);
    });
  }),
);

test(
  ...verifies(['id.odd', 'id.no-effect'], 'without a token', async ({ each }) => {
    await each(oddIds, async (form, { client, sessions, check }) => {
      const session = await sessions.standing();
      const answer = await client.cancel(session, {
        id: written(form, session.id),
        authorization: noAuthorization,
      });
      check('id.odd').refusedOrRedirected(answer);
      await changesNothing(check('id.no-effect'), session, answer);
    });
  }),
);

test(
  ...verifies('id.odd', 'of a cancelled session', async ({ each }) => {
    await each(oddIds, async (form, { client, sessions, check }) => {
      const session = await sessions.cancelled();
      const answer = await client.cancel(session, { id: written(form, session.id) });
      check('id.odd').refusedOrRedirected(answer);
    });
  }),
);

test(
  ...verifies('id.unknown', async ({ each, sample }) => {
    const random = ([1, 2, 3, 4, 5, 6, 7, 8] as const).map((version) => sample(fc.uuid({ version })));
    const ids = [
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      ...random,
      sample(fc.uuid()).toUpperCase(),
    ];
    const all = ids.flatMap((id) => accepts.map((accept) => ({ id, accept })));
    await each(all, async ({ id, accept }, { client, sessions, check }) => {
      const session = await sessions.standing();
      const answer = await client.cancel(await client.nobody(id, session), { accept });
      check('id.unknown').status(answer, 400);
      await check('id.unknown').stillActive(session, answer);
    });
  }),
);

test(
  ...verifies('id.unknown', 'however it is asked for', async ({ each, sample }) => {
    const id = sample(fc.uuid({ version: 4 }));
    await each(fewUnusualManners, async ({ manner, refusals }, { client, sessions, check }) => {
      const nobody = await client.nobody(id, await sessions.standing());
      check('id.unknown').status(await client.cancel(nobody, manner(id)), 400, ...refusals);
    });
  }),
);

test(
  ...verifies(
    ['id.unknown', 'id.no-effect'],
    'one digit from the id of a session',
    async ({ each, sample, run }) => {
      const safe = placesOfNoOther(run.sessions.made.map(({ id }) => id));
      const places = promisedTypes.flatMap((accept) =>
        safe.map((place) => ({ accept, place, by: sample(fc.integer({ min: 1, max: 15 })) })),
      );
      await each(places, async ({ accept, place, by }, { client, sessions, check }) => {
        const session = await sessions.standing();
        const id = { text: otherDigit(session.id, place, by), kind: 'one digit changed' };
        const answer = await client.cancel(session, { id, accept });
        check('id.unknown').status(answer, 400);
        await check('id.unknown').stillActive(session, answer);
      });
    },
  ),
);

test(
  ...verifies(
    ['id.unknown', 'id.malformed'],
    'by another client',
    async ({ client, sessions, check, run, sample }) => {
      needs(run.tokens.canIssue('other'), SECOND_CLIENT);
      const others = await sessions.others();
      const nobody = await client.nobody(sample(fc.uuid({ version: 4 })), others);
      check('id.unknown').status(await client.cancel(nobody), 400);
      for (const form of nearIds.slice(0, 3)) {
        const answer = await client.cancel(others, { id: written(form, others.id) });
        check('id.malformed').status(answer, 400);
        await changesNothing(check('id.no-effect'), others, answer);
      }
    },
  ),
);

test(
  ...verifies(['cancel.success', 'id.unknown'], 'behind an id that is near to it', async ({ each, run }) => {
    const safe = placesOfNoOther(run.sessions.made.map(({ id }) => id));
    // A store may keep what there is not by the beginning or by the end of its id.
    const places = [31, 20, 9, 0].filter((place) => safe.includes(place));
    await each(places, async (place, told) => {
      const session = await told.sessions.active();
      const id = { text: otherDigit(session.id, place, 7), kind: 'one digit changed' };
      told.check('id.unknown').status(await told.client.cancel(session, { id }), 400);
      await succeeds(told, session);
    });
  }),
);

test(
  ...verifies(['id.unknown', 'id.no-effect'], 'with the digits of the id of a session', async ({ each }) => {
    const forms: readonly AlteredId[] = [
      {
        kind: 'with the bytes of its first groups swapped',
        write: (id) => id.replace(FIRST_GROUPS, swapped),
      },
      { kind: 'backwards', write: (id) => dashed([...id.replaceAll('-', '')].reverse().join('')) },
      { kind: 'turned by a digit', write: (id) => dashed(id.replaceAll('-', '').replace(/(.*)(.)/, '$2$1')) },
    ];
    await each(forms, async (form, { client, sessions, check }) => {
      const session = await sessions.standing();
      const id = written(form, session.id);
      if (digitsAgreed(id.text, session.id).length >= COUNTED_UP)
        throw new NotThis('The digits of the id make almost the same id in this order.');
      const answer = await client.cancel(session, { id });
      check('id.unknown').status(answer, 400);
      await check('id.unknown').stillActive(session, answer);
    });
  }),
);

test(
  ...verifies('id.upper-case', async ({ each }) => {
    const forms = [
      (id: string) => id.toUpperCase(),
      (id: string) => id.slice(0, 18).toUpperCase() + id.slice(18),
    ];
    await each([...forms.entries()], async ([i, form], told) => {
      const session = await told.sessions.active();
      const id = { text: form(session.id), kind: 'upper case' };
      const accept = i === 0 ? 'text/json' : 'text/plain';
      const answer = await succeedsOrRefuses(told, session, { id, accept }, 'id.no-effect', [400]);
      told.check('id.upper-case').status(answer, 200);
    });
  }),
);

/** A request that was accepted has broken another requirement, and what it did is the same fault. */
async function changesNothing(check: Check, session: Session, answer: Exchange): Promise<void> {
  if (answer.response?.status !== 200) await check.stillActive(session, answer);
  else session.state = 'lost';
}

/** Some databases keep the first three groups in another order of bytes. */
const FIRST_GROUPS = /^(.{8})-(.{4})-(.{4})/;

function swapped(groups: string): string {
  return groups
    .split('-')
    .map((group) => group.match(/../g)?.reverse().join('') ?? group)
    .join('-');
}

function dashed(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const PLACES = Array.from({ length: 32 }, (_, place) => place);
/** Ids that agree in so many of their 32 digits were counted up, not drawn. */
const COUNTED_UP = 24;

/** Places at which another digit makes an id of no session: any, but where ids are counted up only those at which all agree. */
function placesOfNoOther(ids: readonly string[]): readonly number[] {
  const [first = '', ...others] = ids;
  const agreed = others.map((other) => digitsAgreed(first, other));
  if (agreed.every(({ length }) => length < COUNTED_UP)) return PLACES;
  return PLACES.filter((place) => agreed.every((places) => places.includes(place)));
}

/** The places at which two ids have the same digit. */
function digitsAgreed(one: string, other: string): readonly number[] {
  const [some, others] = [one, other].map((id) => id.replaceAll('-', '').toLowerCase());
  return PLACES.filter((place) => some?.[place] === others?.[place]);
}

/** Changes one hexadecimal digit, the dashes not counted. */
function otherDigit(id: string, place: number, by: number): string {
  const at = [...id].map((_, i) => i).filter((i) => id.charAt(i) !== '-')[place] ?? 0;
  const digit = (Number.parseInt(id.charAt(at), 16) + by) % 16;
  return id.slice(0, at) + digit.toString(16) + id.slice(at + 1);
}
