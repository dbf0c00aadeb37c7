/** The body is JSON, in UTF-8 or in the charset that its text/* type names (RFC 8259 section 8.1). */

import { type Oracle, unless } from './oracle.js';

export const jsonBody: Oracle = {
  requirement: 'answer.json',
  judge: ({ ofOperation, status, json }) => {
    if (!ofOperation || json === null) return null;
    return unless(json.problem === null, `JSON in the body of a ${status}`, json.problem ?? 'JSON');
  },
};
