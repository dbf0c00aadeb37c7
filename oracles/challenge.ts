/** A 401 carries WWW-Authenticate (RFC 9110 section 11.6.1). */

import { headerValue } from '../fixtures/exchange.js';
import { type Oracle, unless } from './oracle.js';

export const challenge: Oracle = {
  requirement: 'token.challenge',
  judge: ({ ofOperation, status, response }) => {
    if (!ofOperation || status !== 401) return null;
    return unless(
      Boolean(headerValue(response.headers, 'www-authenticate')?.trim()),
      'WWW-Authenticate with a challenge, for a 401',
      'none',
    );
  },
};
