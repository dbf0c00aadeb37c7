/** Cancel is a POST on the contract's path, with an id in the text form of RFC 9562 section 4. */

import type { Call } from '../../fixtures/call.js';
import { headerValue } from '../../fixtures/exchange.js';
import { isUuid } from '../../spec/formats.js';
import { percentDecoded } from '../../spec/percent-decoded.js';
import { broken, type ClientOracle, held } from './oracle.js';

export const cancelRequest: ClientOracle = {
  requirement: 'client.cancel.request',
  judge: ({ calls, cancels, contract }) => {
    const elsewhere = new Set(calls.flatMap(locationOf));
    // Where the target sent the client is the target's choice.
    const own = cancels.filter(({ request }) => !elsewhere.has(request.path));
    return own.map((call) => {
      const { request, exact, sentId } = call;
      if (request.method !== 'POST') return broken(call, 'the method POST', request.method);
      if (!exact) return broken(call, `the path ${contract.pathTemplate}`, `another: ${shape(request.path)}`);
      if (sentId === null || !isUuid(sentId))
        return broken(call, 'a UUID of 8-4-4-4-12 hexadecimal digits', idInWords(sentId));
      return held(call);
    });
  },
};

/** Path and query that a redirect leads to, where it is one. */
function locationOf({ request, response }: Call): string[] {
  const location = headerValue(response?.headers ?? [], 'location');
  const base = `http://target.invalid${request.path.startsWith('/') ? request.path : '/'}`;
  if (response === null || response.status < 300 || response.status > 399 || location === null) return [];
  if (!URL.canParse(location, base)) return [];
  const { pathname, search } = new URL(location, base);
  return [pathname + search];
}

/** The path without what differs from call to call. */
function shape(path: string): string {
  const [alone = ''] = path.split('?');
  return alone.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '{sessionId}').slice(0, 200);
}

function idInWords(id: string | null): string {
  if (id === null) return 'none';
  return /^[a-z{}%]{1,20}$/i.test(id) ? `"${percentDecoded(id)}"` : 'another id';
}
