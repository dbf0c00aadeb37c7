/** The sessionId of a 200 is the one that was asked for, letter case aside. */

import { isUuid } from '../spec/formats.js';
import { isObject } from '../spec/json-pointer.js';
import { type Oracle, unless } from './oracle.js';

export const successSessionId: Oracle = {
  requirement: 'cancel.success.session-id',
  judge: ({ ofOperation, status, json, id }) => {
    // What else was asked for is the id of no session, and should not have been answered so at all.
    if (!ofOperation || status !== 200 || !isObject(json?.value) || id === null || !isUuid(id)) return null;
    const told = json.value['sessionId'];
    const same = typeof told === 'string' && told.toLowerCase() === id.toLowerCase();
    return unless(same, 'the sessionId that was asked for', describe(told), '/sessionId');
  },
};

function describe(told: unknown): string {
  if (told === undefined) return 'no sessionId';
  return typeof told === 'string' ? 'another sessionId' : `sessionId ${JSON.stringify(told)}`;
}
