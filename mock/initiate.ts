/** Initiate Session: validates what is asked for, and makes a session of it. */

import { isObject } from '../spec/json-pointer.js';
import type { Call, Outcome } from './behaviour.js';
import { type Members, membersOf } from './json.js';
import type { SessionOrder } from './sessions.js';

export async function initiate(call: Call): Promise<Outcome> {
  const token = await call.steps.authenticate(call, call.request.authorization);
  if (!token || token.initiated) return { kind: 'unauthorized' };
  const order = orderOf(await call.request.body());
  if (typeof order === 'string') return { kind: 'invalid', detail: order };
  token.initiated = true;
  const session = call.world.sessions.add(token.account, token.value, order, 'Initiated');
  const { sessionId, referenceId } = session;
  return { kind: 'done', status: 201, value: { sessionId, referenceId } };
}

/** What was asked for, or a sentence that says what is wrong with it. */
function orderOf(bytes: Buffer): SessionOrder | string {
  const body = parsed(bytes);
  if (!isObject(body)) return 'The body is not a JSON object in UTF-8';
  const complaint = rules.find(([, holds]) => !holds(body))?.[0];
  if (complaint !== undefined) return complaint;
  return {
    referenceId: typeof body['referenceId'] === 'string' ? body['referenceId'] : null,
    amount: typeof body['amount'] === 'number' ? body['amount'] : null,
    type: 'e-Transfer',
    direction: 'DEBIT',
    currency: 'CAD',
    payor: membersOf(body['payor']),
    payee: isObject(body['payee']) ? body['payee'] : null,
    schedule: isObject(body['schedule']) ? body['schedule'] : null,
  };
}

const rules: readonly (readonly [complaint: string, holds: (body: Members) => boolean])[] = [
  ['type must be e-Transfer', (body) => body['type'] === 'e-Transfer'],
  ['direction must be DEBIT', (body) => body['direction'] === 'DEBIT'],
  ['currency must be CAD', (body) => body['currency'] === 'CAD'],
  ['referenceId must be Unicode text of up to 256 characters', (body) => isReference(body['referenceId'])],
  ['amount must be a number above 0', (body) => isAbsent(body['amount']) || Number(body['amount']) > 0],
  [
    'payor needs firstName, lastName and email',
    (body) => hasTexts(body['payor'], 'firstName', 'lastName', 'email'),
  ],
  ['options.notificationPreferences needs language and sendInteracLink', (body) => hasPreferences(body)],
  ['payee.account needs institutionCode, transitNumber and accountNumber', (body) => isPayee(body['payee'])],
];

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/** An unpaired surrogate is no character, so text that holds one is no Unicode text. */
const isReference = (value: unknown): boolean =>
  isAbsent(value) || (typeof value === 'string' && [...value].length <= 256 && !/\p{Surrogate}/u.test(value));

const hasTexts = (value: unknown, ...names: readonly string[]): boolean =>
  isObject(value) && names.every((name) => typeof value[name] === 'string' && value[name] !== '');

function hasPreferences(body: Members): boolean {
  const preferences = membersOf(membersOf(body['options'])['notificationPreferences']);
  return hasTexts(preferences, 'language') && typeof preferences['sendInteracLink'] === 'boolean';
}

const isPayee = (payee: unknown): boolean =>
  isAbsent(payee) ||
  (isObject(payee) &&
    (isAbsent(payee['account']) ||
      hasTexts(payee['account'], 'institutionCode', 'transitNumber', 'accountNumber')));
