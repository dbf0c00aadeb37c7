/** A problem's `status` is the HTTP status (RFC 9457 section 3.1.2). */

import { isObject } from '../spec/json-pointer.js';
import { type Oracle, unless } from './oracle.js';

export const problemStatus: Oracle = {
  requirement: 'answer.problem.status',
  judge: ({ ofOperation, status, json }) => {
    if (!ofOperation || status < 400 || !isObject(json?.value)) return null;
    const told = json.value['status'];
    if (typeof told !== 'number') return null;
    return unless(told === status, `status ${status} in the problem`, String(told), '/status');
  },
};
