/** The media type is one that the contract declares for the status. */

import { headerValue } from '../fixtures/exchange.js';
import { type Oracle, unless } from './oracle.js';

export const mediaTypeDeclared: Oracle = {
  requirement: 'answer.media-type',
  judge: ({ ofOperation, status, contract, mediaTypeDeclared, response }) => {
    if (!ofOperation) return null;
    const actual = headerValue(response.headers, 'content-type') ?? 'no Content-Type';
    return unless(mediaTypeDeclared, `${contract.mediaTypes(status).join(', ')} for ${status}`, actual);
  },
};
