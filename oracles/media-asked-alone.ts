/** Asked for one declared media type alone, the service answers in it. */

import type { Oracle } from './oracle.js';
import { unless } from './oracle.js';

function askedAlone(requirement: string, type: string): Oracle {
  return {
    requirement,
    judge: ({ ofOperation, ofExtras, accept, mediaType, mediaTypeDeclared }) => {
      if (!ofOperation || ofExtras || accept?.toLowerCase() !== type || !mediaTypeDeclared) return null;
      return unless(mediaType?.essence === type, type, mediaType?.essence ?? 'none');
    },
  };
}

export const textPlainAlone = askedAlone('media.text-plain', 'text/plain');
export const applicationJsonAlone = askedAlone('media.application-json', 'application/json');
export const textJsonAlone = askedAlone('media.text-json', 'text/json');
