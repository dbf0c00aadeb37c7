/** Where nothing declared is acceptable the answer is 406, or of a declared status and type (RFC 9110 section 15.5.7). */

import { isAllowance } from './allowances.js';
import { type Oracle, unless } from './oracle.js';

export const mediaUnacceptable: Oracle = {
  requirement: 'media.unacceptable',
  judge: ({ acceptable, allowances, status, contract }) => {
    if (acceptable || allowances.anyClientError) return null;
    const right = isAllowance(allowances, status) || contract.statuses.includes(status);
    return unless(right, `406, or ${contract.statuses.join(', ')}`, String(status));
  },
};
