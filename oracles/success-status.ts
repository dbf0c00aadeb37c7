/** The status of a 200 is exactly Cancelled. */

import { isObject } from '../spec/json-pointer.js';
import { type Oracle, unless } from './oracle.js';

export const successStatus: Oracle = {
  requirement: 'cancel.success.status',
  judge: ({ ofOperation, status, json }) => {
    if (!ofOperation || status !== 200 || !isObject(json?.value)) return null;
    const told = json.value['status'];
    return unless(
      told === 'Cancelled',
      'status "Cancelled"',
      told === undefined ? 'no status' : `status ${JSON.stringify(told)}`,
      '/status',
    );
  },
};
