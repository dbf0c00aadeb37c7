/** The media type is one that the Accept header allows (RFC 9110 section 12.5.1). */

import { qualityOf } from './accept.js';
import { type Oracle, unless } from './oracle.js';

export const mediaAllowed: Oracle = {
  requirement: 'media.any',
  judge: ({ ofOperation, ofExtras, accept, acceptable, mediaType, mediaTypeDeclared, contract, status }) => {
    if (!ofOperation || ofExtras || !acceptable || !mediaTypeDeclared || mediaType === null) return null;
    // One type alone has a requirement of its own.
    if (accept !== null && contract.mediaTypes(status).includes(accept.toLowerCase())) return null;
    return unless(
      qualityOf(accept, mediaType.essence) > 0,
      'a type that the Accept header allows',
      mediaType.essence,
    );
  },
};
