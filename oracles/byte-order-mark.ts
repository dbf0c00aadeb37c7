/** No byte order mark stands before the JSON (RFC 8259 section 8.1). */

import { type Oracle, unless } from './oracle.js';

export const byteOrderMark: Oracle = {
  requirement: 'answer.byte-order-mark',
  judge: ({ ofOperation, json }) => {
    if (!ofOperation || json === null || json.text === '') return null;
    return unless(!json.byteOrderMark, 'JSON without a byte order mark', 'a byte order mark');
  },
};
