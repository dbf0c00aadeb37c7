/** No object names a member twice (RFC 8259 section 4). */

import { type Oracle, unless } from './oracle.js';

export const uniqueMembers: Oracle = {
  requirement: 'answer.unique-members',
  judge: ({ ofOperation, json }) => {
    if (!ofOperation || json === null || json.problem !== null) return null;
    return unless(
      json.duplicate === null,
      'every member named once',
      `${JSON.stringify(json.duplicate)} named twice`,
    );
  },
};
