/** Of the types that the Accept header allows the answer is of one with the highest quality (RFC 9110 section 12.4.2). */

import { qualityOf } from './accept.js';
import { type Oracle, unless } from './oracle.js';

export const mediaQuality: Oracle = {
  requirement: 'media.quality',
  judge: ({ ofOperation, ofExtras, accept, mediaType, mediaTypeDeclared, contract, status }) => {
    if (!ofOperation || ofExtras || accept === null || !mediaTypeDeclared || mediaType === null) return null;
    const qualities = contract.mediaTypes(status).map((type) => qualityOf(accept, type));
    const [lowest, highest] = [Math.min(...qualities), Math.max(...qualities)];
    const quality = qualityOf(accept, mediaType.essence);
    if (lowest === highest || quality === 0) return null;
    return unless(
      quality === highest,
      'a type with the highest quality value of the Accept header',
      `${mediaType.essence}, with a lower one`,
    );
  },
};
