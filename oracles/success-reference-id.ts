/** The referenceId of a 200 is what Initiate answered; where none was given it may be absent, null or that answer. */

import { isObject } from '../spec/json-pointer.js';
import { type Oracle, unless } from './oracle.js';

export const successReferenceId: Oracle = {
  requirement: 'cancel.success.reference-id',
  judge: ({ ofOperation, status, json, exchange: { session } }) => {
    if (!ofOperation || status !== 200 || !isObject(json?.value) || session === null) return null;
    // One that was given, and that Initiate did not answer, is nowhere said to be told or not.
    if (session.referenceIdGiven && session.referenceId === null) return null;
    const told = json.value['referenceId'] ?? null;
    const right = told === session.referenceId || (told === null && !session.referenceIdGiven);
    const expected = session.referenceIdGiven
      ? 'the referenceId that Initiate answered'
      : 'no referenceId, or what Initiate answered';
    return unless(right, expected, told === null ? 'no referenceId' : 'another referenceId', '/referenceId');
  },
};
