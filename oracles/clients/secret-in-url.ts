/** No token, password or other credential stands in a URL (RFC 6750 section 5.3). */

import type { Call } from '../../fixtures/call.js';
import { type ClientOracle, heldIf } from './oracle.js';

/** Parameters that hold nothing but a credential, whatever their value (RFC 6749, RFC 6750 section 2.3). */
const CREDENTIAL_PARAMETERS =
  /^(?:access_?token|refresh_?token|id_token|authorization|password|passwd|client_?secret)$/i;

/** Shorter secrets turn up in paths by chance. */
const SHORTEST = 8;

export const secretInUrl: ClientOracle = {
  requirement: 'client.no-secret-in-url',
  judge: ({ calls, secrets }) =>
    calls.map((call) => {
      const found =
        parameterIn(call) ?? (hasUserInfo(call) || holdsSecret(call, secrets) ? 'a secret' : null);
      return heldIf(found === null, call, 'a URL without a credential', `${found} in the URL`);
    }),
};

function queryOf({ request }: Call): URLSearchParams {
  return new URLSearchParams(request.path.split('?').slice(1).join('?'));
}

function parameterIn(call: Call): string | null {
  const named = [...queryOf(call)].find(([name, value]) => value !== '' && CREDENTIAL_PARAMETERS.test(name));
  return named === undefined ? null : `the parameter ${named[0]}`;
}

/** An absolute request target may hold a user name and a password. */
function hasUserInfo({ request }: Call): boolean {
  return /^https?:\/\/[^/?#]*@/i.test(request.path);
}

/** Whether a part of the path, or the value of a parameter, is a secret that is known. */
function holdsSecret(call: Call, secrets: ReadonlySet<string>): boolean {
  const parts = call.request.path.split(/[/?&=]/);
  return [...parts, ...parts.map(decoded), ...queryOf(call).values()].some(
    (part) => part.length >= SHORTEST && secrets.has(part),
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
