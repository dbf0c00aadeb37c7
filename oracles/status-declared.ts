/** The status is one that the contract declares. */

import { isAllowance } from './allowances.js';
import { type Oracle, unless } from './oracle.js';

export const statusDeclared: Oracle = {
  requirement: 'answer.status',
  judge: ({ status, contract, allowances, acceptable }) => {
    if (isAllowance(allowances, status)) return null;
    // Odd ids, odd headers and unacceptable types have requirements of their own for what they may be answered.
    if (allowances.anyClientError || !acceptable) return null;
    return unless(contract.statuses.includes(status), contract.statuses.join(', '), String(status));
  },
};
