/** No token, password or other credential stands in a URL (RFC 6750 section 5.3). */

import type { Call } from '../../fixtures/call.js';
import { percentDecoded } from '../../spec/percent-decoded.js';
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

/** What a token may hold (RFC 6750 section 2.1) is a word, whatever text it stands in. */
const BETWEEN_WORDS = /[^\w.~+/=-]+/;
const BETWEEN_PARTS = /[/?&=]/;

/** Whether a part of the path, the value of a parameter, or a word of either is a secret that is known. */
function holdsSecret(call: Call, secrets: ReadonlySet<string>): boolean {
  const { path } = call.request;
  const once = percentDecoded(path);
  // Of most paths they are one.
  const texts = [...new Set([path, once, percentDecoded(once)])];
  const words = texts.flatMap((text) => text.split(BETWEEN_WORDS));
  const parts = [...texts, ...words].flatMap((text) => text.split(BETWEEN_PARTS));
  return [...words, ...parts, ...parts.map(percentDecoded), ...queryOf(call).values()].some(
    (part) => part.length >= SHORTEST && secrets.has(part),
  );
}
