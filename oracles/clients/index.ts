/** All oracles of clients. */

import { cancelRequest } from './cancel-request.js';
import { cleanup } from './cleanup.js';
import { accept, authorization, authorizeBasic, clientId } from './headers.js';
import { noInteracLink } from './initiate.js';
import type { ClientOracle } from './oracle.js';
import { noOverlap, noStorm, repeatAfter400 } from './repetition.js';
import { retryAfter401, retryPauses, retryTransient } from './retries.js';
import { secretInUrl } from './secret-in-url.js';
import { oneSessionAToken, repeatAfter401, tokenExpired, tokenExpiredAgain, tokenIssued } from './tokens.js';

export const clientOracles: readonly ClientOracle[] = [
  cancelRequest,
  authorization,
  secretInUrl,
  authorizeBasic,
  tokenIssued,
  oneSessionAToken,
  accept,
  clientId,
  noInteracLink,
  repeatAfter400,
  repeatAfter401,
  tokenExpiredAgain,
  tokenExpired,
  noStorm,
  retryAfter401,
  retryTransient,
  retryPauses,
  noOverlap,
  cleanup,
];
