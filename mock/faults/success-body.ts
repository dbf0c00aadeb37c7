/** Faults in the body of a 200: its members, but for the referenceId. */

import { randomUUID } from 'node:crypto';
import type { Call } from '../behaviour.js';
import { asksFor, ofNoReference, ofReferenceLike, withClientId, withUpperCaseId } from '../conditions.js';
import { type Members, without } from '../json.js';
import { fault, success } from './define.js';

const schema = 'cancel.success.schema';
const sessionId = ['cancel.success.session-id', schema];
const status = ['cancel.success.status', schema];

const set = (members: Members) => (body: Members) => ({ ...body, ...members });
const drop =
  (...names: readonly string[]) =>
  (body: Members) =>
    without(body, ...names);

function renamed(body: Members, rename: (name: string) => string): Members {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [rename(name), value]));
}

const pascalCase = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Another session than the one asked for, where there is one. */
function anotherId(call: Call): string {
  const ids = call.world.sessions.all().map((session) => session.sessionId);
  return ids.find((id) => id !== call.subject?.sessionId) ?? randomUUID();
}

const asked = (call: Call): string => call.subject?.sessionId ?? '';

export const successBodyFaults = [
  fault('success.session-id.missing', sessionId, 'A 200 has no sessionId.', success(drop('sessionId'))),
  fault(
    'success.session-id.null',
    sessionId,
    'The sessionId of a 200 is null.',
    success(set({ sessionId: null })),
  ),
  fault(
    'success.session-id.empty',
    sessionId,
    'The sessionId of a 200 is empty.',
    success(set({ sessionId: '' })),
  ),
  fault(
    'success.session-id.number',
    sessionId,
    'The sessionId of a 200 is a number.',
    success(set({ sessionId: 42 })),
  ),
  fault(
    'success.session-id.random',
    sessionId,
    'The sessionId of a 200 is a fresh UUID.',
    success((body) => ({ ...body, sessionId: randomUUID() })),
  ),
  fault(
    'success.session-id.nil',
    sessionId,
    'The sessionId of a 200 is the nil UUID.',
    success(set({ sessionId: '00000000-0000-0000-0000-000000000000' })),
  ),
  fault(
    'success.session-id.of-another',
    sessionId,
    'The sessionId of a 200 is that of the oldest other session.',
    success((body, call) => ({ ...body, sessionId: anotherId(call) })),
  ),
  fault(
    'success.session-id.of-another-in-upper-case',
    sessionId,
    'Asked for an id in upper case, the 200 names another session.',
    success((body, call) => ({ ...body, sessionId: anotherId(call) }), withUpperCaseId),
  ),
  fault(
    'success.session-id.without-dashes',
    sessionId,
    'The sessionId of a 200 has no dashes.',
    success((body, call) => ({ ...body, sessionId: asked(call).replaceAll('-', '') })),
  ),
  fault(
    'success.session-id.in-braces',
    sessionId,
    'The sessionId of a 200 stands in braces.',
    success((body, call) => ({ ...body, sessionId: `{${asked(call)}}` })),
  ),
  fault(
    'success.session-id.padded',
    sessionId,
    'The sessionId of a 200 has a space behind it.',
    success((body, call) => ({ ...body, sessionId: `${asked(call)} ` })),
  ),
  fault(
    'success.session-id.guid-order',
    sessionId,
    'The sessionId of a 200 has the bytes of its first group in reverse order, as a GUID in memory.',
    success((body, call) => ({
      ...body,
      sessionId: asked(call).replace(/^(..)(..)(..)(..)/, '$4$3$2$1'),
    })),
  ),
  fault(
    'success.session-id.missing-with-client-id',
    sessionId,
    'A 200 has no sessionId where x-client-id was sent.',
    success(drop('sessionId'), withClientId),
  ),
  fault('success.status.missing', status, 'A 200 has no status.', success(drop('status'))),
  fault('success.status.null', status, 'The status of a 200 is null.', success(set({ status: null }))),
  fault(
    'success.status.american',
    status,
    'The status of a 200 is Canceled.',
    success(set({ status: 'Canceled' })),
  ),
  fault(
    'success.status.lower-case',
    status,
    'The status of a 200 is cancelled.',
    success(set({ status: 'cancelled' })),
  ),
  fault(
    'success.status.upper-case',
    status,
    'The status of a 200 is CANCELLED.',
    success(set({ status: 'CANCELLED' })),
  ),
  fault(
    'success.status.padded',
    status,
    'The status of a 200 has a space behind it.',
    success(set({ status: 'Cancelled ' })),
  ),
  fault(
    'success.status.as-before',
    status,
    'The status of a 200 is Initiated.',
    success(set({ status: 'Initiated' })),
  ),
  fault(
    'success.status.expired',
    status,
    'The status of a 200 is Expired.',
    success(set({ status: 'Expired' })),
  ),
  fault(
    'success.status.number',
    status,
    'The status of a 200 is the number of its enum.',
    success(set({ status: 2 })),
  ),
  fault(
    'success.status.list',
    status,
    'The status of a 200 is a list.',
    success(set({ status: ['Cancelled'] })),
  ),
  fault(
    'success.status.object',
    status,
    'The status of a 200 is an object.',
    success(set({ status: { value: 'Cancelled' } })),
  ),
  fault(
    'success.status.pending',
    status,
    'The status of a 200 is Cancelling.',
    success(set({ status: 'Cancelling' })),
  ),
  fault(
    'success.status.american-as-text-json',
    status,
    'The status of a 200 is Canceled under text/json alone.',
    success(set({ status: 'Canceled' }), asksFor('text/json')),
  ),
  fault(
    'success.status.missing-without-reference',
    status,
    'A 200 has no status where the session has no referenceId.',
    success(drop('status'), ofNoReference),
  ),
  fault(
    'success.status.as-before-with-client-id',
    status,
    'The status of a 200 is Initiated where x-client-id was sent.',
    success(set({ status: 'Initiated' }), withClientId),
  ),
  fault(
    'success.status.lower-case-in-upper-case',
    status,
    'The status of a 200 is cancelled where the id was asked for in upper case.',
    success(set({ status: 'cancelled' }), withUpperCaseId),
  ),
  fault(
    'success.details.number',
    schema,
    'The statusDetails of a 200 are a number.',
    success(set({ statusDetails: 501 })),
  ),
  fault(
    'success.details.flag',
    schema,
    'The statusDetails of a 200 are true.',
    success(set({ statusDetails: true })),
  ),
  fault(
    'success.details.object',
    schema,
    'The statusDetails of a 200 are an object.',
    success(set({ statusDetails: { code: 'CancelledByApi' } })),
  ),
  fault(
    'success.details.list',
    schema,
    'The statusDetails of a 200 are a list.',
    success(set({ statusDetails: ['CancelledByApi'] })),
  ),
  fault(
    'success.extra.time',
    schema,
    'A 200 has the member cancelledAt.',
    success((body) => ({ ...body, cancelledAt: new Date().toISOString() })),
  ),
  fault(
    'success.extra.null',
    schema,
    'A 200 has a member that is null.',
    success(set({ redirectUrl: null })),
  ),
  fault('success.extra.amount', schema, 'A 200 has the amount of the session.', success(set({ amount: 10 }))),
  fault(
    'success.extra.links',
    schema,
    'A 200 has links to what could be done next.',
    success(set({ _links: { self: { href: '/' } } })),
  ),
  fault(
    'success.extra.as-text-plain',
    schema,
    'A 200 has one more member under text/plain alone.',
    success(set({ format: 'text' }), asksFor('text/plain')),
  ),
  fault(
    'success.extra.with-client-id',
    schema,
    'A 200 repeats the x-client-id in a member.',
    success((body, call) => ({ ...body, clientId: call.request.clientId }), withClientId),
  ),
  fault(
    'success.extra.warning-without-reference',
    schema,
    'A 200 has a warning where the session has no referenceId.',
    success(set({ warning: 'no referenceId' }), ofNoReference),
  ),
  fault(
    'success.extra.status-details-in-snake-case',
    schema,
    'The statusDetails of a 200 are named status_details.',
    success((body) => renamed(body, (name) => (name === 'statusDetails' ? 'status_details' : name))),
  ),
  fault(
    'success.members.pascal-case',
    [schema, 'cancel.success.session-id', 'cancel.success.status', 'cancel.success.reference-id'],
    'The members of a 200 are named in PascalCase.',
    success((body) => renamed(body, pascalCase)),
  ),
  fault(
    'success.members.reference-in-capitals',
    [schema, 'cancel.success.reference-id'],
    'The referenceId of a 200 is named referenceID.',
    success((body) => renamed(body, (name) => (name === 'referenceId' ? 'referenceID' : name))),
  ),
  fault(
    'success.members.pascal-case-with-long-reference',
    [schema, 'cancel.success.session-id', 'cancel.success.status', 'cancel.success.reference-id'],
    'The members of a 200 are named in PascalCase where the referenceId is over 100 characters.',
    success((body) => renamed(body, pascalCase), ofReferenceLike(/^.{101,}$/su)),
  ),
  fault(
    'success.empty',
    sessionId,
    'A 200 is an empty object.',
    success(() => ({})),
  ),
  fault(
    'success.list',
    schema,
    'A 200 is a list of one.',
    success((body) => [body]),
  ),
  fault(
    'success.wrapped',
    [schema, 'cancel.success.session-id'],
    'A 200 is wrapped in data.',
    success((data) => ({ data })),
  ),
  fault(
    'success.null',
    schema,
    'A 200 is null.',
    success(() => null),
  ),
  fault(
    'success.flag',
    schema,
    'A 200 is true.',
    success(() => true),
  ),
  fault(
    'success.json-in-json',
    schema,
    'A 200 is JSON in a JSON string.',
    success((body) => JSON.stringify(body)),
  ),
  fault(
    'success.json-in-json-as-text-plain',
    schema,
    'A 200 is JSON in a JSON string under text/plain alone.',
    success((body) => JSON.stringify(body), asksFor('text/plain')),
  ),
  fault(
    'success.problem',
    [schema, 'cancel.success.session-id'],
    'A 200 holds a problem.',
    success(() => ({ title: 'Bad Request', status: 400 })),
  ),
];
