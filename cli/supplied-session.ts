/** What a user supplies for a session, checked before it is used. */

import type { SuppliedSession } from '../fixtures/target.js';
import { isUuid } from '../spec/formats.js';

/**
 * @param refuse makes an error of what is wrong, say `no sessionId that is a UUID`
 * @throws what `refuse` makes
 */
export function suppliedSession(
  { sessionId, referenceId = null, accessToken = null }: Readonly<Record<string, unknown>>,
  refuse: (what: string) => Error,
): SuppliedSession {
  if (typeof sessionId !== 'string' || !isUuid(sessionId)) throw refuse('no sessionId that is a UUID');
  if (referenceId !== null && typeof referenceId !== 'string')
    throw refuse('a referenceId that is no string');
  if (accessToken !== null && !isToken(accessToken))
    throw refuse('an accessToken that cannot be sent in a header');
  return { sessionId, referenceId, accessToken };
}

/** Visible ASCII characters, as a header can carry them. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}
