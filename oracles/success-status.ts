/** The status of a 200 is exactly Cancelled. */

import { isRecord } from '../fixtures/tokens.js';
import { type Oracle, unless } from './oracle.js';

export const successStatus: Oracle = {
  requirement: 'cancel.success.status',
  judge: ({ ofOperation, status, json }) => {
    if (!ofOperation || status !== 200 || !isRecord(json?.value)) return null;
    const told = json.value['status'];
    return unless(
      told === 'Cancelled',
      'status "Cancelled"',
      told === undefined ? 'no status' : `status ${JSON.stringify(told)}`,
      '/status',
    );
  },
};
