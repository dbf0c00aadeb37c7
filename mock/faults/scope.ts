/** Faults that cancel more sessions than the one asked for. */

import type { Call, Change, Condition } from '../behaviour.js';
import {
  asksFor,
  asksForAList,
  attempt,
  both,
  cameOut,
  everyCancellation,
  ofNoReference,
  succeeded,
  withBodyOf,
  withClientId,
  withUpperCaseId,
} from '../conditions.js';
import type { Session } from '../sessions.js';
import { aside, fault, inCancel } from './define.js';

const only = 'cancel.only-that-session';
const sameReference = ['cancel.same-reference', only];

/** Cancels the active sessions that are picked, beside the one asked for. */
const also = (
  pick: (call: Call, others: readonly Session[]) => readonly (Session | undefined)[],
  condition: Condition = succeeded,
): Change =>
  aside(condition, (call) => {
    const others = call.world.sessions
      .all()
      .filter((one) => one !== call.subject && one.status === 'Initiated');
    for (const session of pick(call, others)) if (session) call.world.sessions.cancel(session);
  });

const ofSameClient = (call: Call, others: readonly Session[]): readonly Session[] =>
  others.filter((one) => one.account === call.subject?.account);

const ofOtherClients = (call: Call, others: readonly Session[]): readonly Session[] =>
  others.filter((one) => one.account !== call.subject?.account);

const withSameReference = (call: Call, others: readonly Session[]): readonly Session[] =>
  others.filter((one) => one.referenceId !== null && one.referenceId === call.subject?.referenceId);

/** The one that the client made before the one asked for. */
const previous = (call: Call, others: readonly Session[]) => [
  ofSameClient(call, others).findLast(
    (one) => call.subject !== undefined && one.createdAt <= call.subject.createdAt,
  ),
];

const withoutReference = (others: readonly Session[]): readonly Session[] =>
  others.filter((one) => one.referenceId === null);

const lowerCase = (text: string | null | undefined): string | undefined => text?.toLowerCase();

const withoutAccents = (text: string | null | undefined): string | undefined =>
  text?.normalize('NFD').replace(/\p{Mark}/gu, '');

const withForm = withBodyOf('application/x-www-form-urlencoded');

/** Finds more to cancel in what came with the request. */
const named = (text: (call: Call) => Promise<string> | string): Change =>
  inCancel('terminate', async (call, _session, ordinary) => {
    const done = await ordinary();
    const words = (await text(call)).split(/[^0-9a-f-]+/i);
    if (done) for (const id of words) cancelIfActive(call, id);
    return done;
  });

function cancelIfActive({ world }: Call, id: string): void {
  const session = world.sessions.find(id);
  if (session) world.sessions.cancel(session);
}

export const scopeFaults = [
  fault(
    'scope.named-in-body',
    only,
    'A cancel ends the session that its body names too.',
    named(async ({ request }) => (request.hasBody ? (await request.body()).toString() : '')),
  ),
  fault(
    'scope.named-in-query',
    only,
    'A cancel ends the session that its query names too.',
    named(({ request }) => request.query.get('sessionId') ?? ''),
  ),
  fault(
    'scope.newest-with-text-json-by-second-cancel',
    only,
    "A second cancel under text/json is refused, and ends the client's newest session.",
    also(
      (call, others) => [ofSameClient(call, others).at(-1)],
      both(cameOut('not-active'), attempt(2), asksFor('text/json')),
    ),
  ),
  fault('scope.client', only, 'A cancel ends all sessions of the client.', also(ofSameClient)),
  fault(
    'scope.everybody',
    only,
    'A cancel ends all sessions of all clients.',
    also((_call, others) => others),
  ),
  fault(
    'scope.other-clients',
    only,
    'A cancel ends all sessions of the other clients.',
    also(ofOtherClients),
  ),
  fault(
    'scope.previous',
    only,
    'A cancel ends the session that the client made before the one asked for.',
    also(previous),
  ),
  fault(
    'scope.previous-for-a-list',
    only,
    'A cancel that accepts a list of types ends the session that the client made before the one asked for.',
    also(previous, both(succeeded, asksForAList)),
  ),
  fault(
    'scope.newest',
    only,
    "A cancel ends the client's newest session too.",
    also((call, others) => [ofSameClient(call, others).at(-1)]),
  ),
  fault(
    'scope.oldest',
    only,
    "A cancel ends the client's oldest active session too.",
    also((call, others) => [ofSameClient(call, others)[0]]),
  ),
  fault(
    'scope.newest-of-other-client',
    only,
    'A cancel ends the newest session of another client.',
    also((call, others) => [ofOtherClients(call, others).at(-1)]),
  ),
  fault(
    'scope.client-with-client-id',
    only,
    'A cancel with x-client-id ends all sessions of the client.',
    also(ofSameClient, both(succeeded, withClientId)),
  ),
  fault(
    'scope.client-every-fifth',
    only,
    'Every fifth cancel ends all sessions of the client.',
    also(ofSameClient, both(succeeded, everyCancellation(5))),
  ),
  fault(
    'scope.newest-by-second-cancel',
    only,
    "A second cancel is refused, and ends the client's newest session.",
    also((call, others) => [ofSameClient(call, others).at(-1)], both(cameOut('not-active'), attempt(2))),
  ),
  fault(
    'scope.same-payor',
    only,
    'A cancel ends all sessions of the client with the same payor.',
    also((call, others) =>
      ofSameClient(call, others).filter((one) => one.payor['email'] === call.subject?.payor['email']),
    ),
  ),
  fault(
    'scope.same-reference',
    sameReference,
    'A cancel ends all sessions of the client with the same referenceId.',
    also((call, others) => withSameReference(call, ofSameClient(call, others))),
  ),
  fault(
    'scope.same-reference-of-other-clients',
    sameReference,
    'A cancel ends the sessions of other clients with the same referenceId.',
    also((call, others) => withSameReference(call, ofOtherClients(call, others))),
  ),
  fault(
    'scope.same-reference-in-any-case',
    sameReference,
    'A cancel ends all sessions of the client with the same referenceId, letter case aside.',
    also((call, others) =>
      ofSameClient(call, others).filter(
        (one) =>
          one.referenceId !== null && lowerCase(one.referenceId) === lowerCase(call.subject?.referenceId),
      ),
    ),
  ),
  fault(
    'scope.same-reference-oldest',
    sameReference,
    'A cancel ends the oldest session with the same referenceId too.',
    also((call, others) => [withSameReference(call, ofSameClient(call, others))[0]]),
  ),
  fault(
    'scope.same-reference-by-second-cancel',
    sameReference,
    'A second cancel is refused, and ends the other sessions with the same referenceId.',
    also((call, others) => withSameReference(call, others), both(cameOut('not-active'), attempt(2))),
  ),
  fault(
    'scope.reference-of-same-beginning',
    sameReference,
    'A cancel ends all sessions of the client whose referenceId begins with the same 20 characters.',
    also((call, others) =>
      ofSameClient(call, others).filter(
        (one) =>
          one.referenceId !== null &&
          (call.subject?.referenceId?.length ?? 0) >= 20 &&
          one.referenceId.slice(0, 20) === call.subject?.referenceId?.slice(0, 20),
      ),
    ),
  ),
  fault(
    'scope.padded-reference',
    sameReference,
    'A cancel ends all sessions of the client with the same referenceId, spaces around it aside.',
    also((call, others) =>
      ofSameClient(call, others).filter(
        (one) =>
          one.referenceId !== call.subject?.referenceId &&
          one.referenceId?.trim() === call.subject?.referenceId?.trim(),
      ),
    ),
  ),
  fault(
    'scope.empty-reference',
    sameReference,
    'The cancel of a session with an empty referenceId ends all of the client that have an empty one.',
    also((call, others) =>
      call.subject?.referenceId === '' ? withSameReference(call, ofSameClient(call, others)) : [],
    ),
  ),
  fault(
    'scope.same-reference-in-upper-case-id',
    sameReference,
    'A cancel with the id in upper case ends all sessions of the client with the same referenceId.',
    also(
      (call, others) => withSameReference(call, ofSameClient(call, others)),
      both(succeeded, withUpperCaseId),
    ),
  ),
  fault(
    'scope.reference-named-in-body',
    only,
    'A cancel ends the sessions whose referenceId its body names too.',
    inCancel('terminate', async (call, _session, ordinary) => {
      const done = await ordinary();
      const body = call.request.hasBody ? (await call.request.body()).toString() : '';
      const others = call.world.sessions
        .all()
        .filter(({ referenceId }) => referenceId && body.includes(referenceId));
      if (done) for (const other of others) call.world.sessions.cancel(other);
      return done;
    }),
  ),
  fault(
    'scope.no-reference',
    only,
    'The cancel of a session without a referenceId ends all of the client that have none.',
    also((call, others) => withoutReference(ofSameClient(call, others)), both(succeeded, ofNoReference)),
  ),
  fault(
    'scope.no-reference-of-other-clients',
    only,
    'The cancel of a session without a referenceId ends those of other clients that have none.',
    also((call, others) => withoutReference(ofOtherClients(call, others)), both(succeeded, ofNoReference)),
  ),
  fault(
    'scope.reference-as-pattern',
    sameReference,
    'A cancel ends the sessions whose referenceId is LIKE its own, where _ is any character.',
    also((call, others) => {
      const pattern = call.subject?.referenceId?.replace(/[^\w-]/g, '\\$&').replaceAll('_', '.');
      return pattern === undefined
        ? []
        : others.filter(({ referenceId }) => new RegExp(`^${pattern}$`).test(referenceId ?? ''));
    }),
  ),
  fault(
    'scope.reference-without-accents',
    sameReference,
    'A cancel ends the sessions whose referenceId is the same but for accents.',
    also((call, others) => {
      const own = withoutAccents(call.subject?.referenceId);
      return own === undefined ? [] : others.filter(({ referenceId }) => withoutAccents(referenceId) === own);
    }),
  ),
  fault(
    'scope.named-in-form',
    only,
    'A cancel ends the session that its form names, beside the one of the path.',
    named(async (call) => ((await withForm(call)) ? (await call.request.body()).toString() : '')),
  ),
];
