/** Cancel is a POST on the contract's path, with an id in the text form of RFC 9562 section 4. */

import { isUuid } from '../../spec/formats.js';
import { broken, type ClientOracle, held } from './oracle.js';

export const cancelRequest: ClientOracle = {
  requirement: 'client.cancel.request',
  judge: ({ cancels, contract }) =>
    cancels.map((call) => {
      const { request, exact, sentId } = call;
      if (request.method !== 'POST') return broken(call, 'the method POST', request.method);
      if (!exact) return broken(call, `the path ${contract.pathTemplate}`, `another: ${shape(request.path)}`);
      if (sentId === null || !isUuid(sentId))
        return broken(call, 'a UUID of 8-4-4-4-12 hexadecimal digits', idInWords(sentId));
      return held(call);
    }),
};

/** The path without what differs from call to call. */
function shape(path: string): string {
  const [alone = ''] = path.split('?');
  return alone.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '{sessionId}').slice(0, 200);
}

function idInWords(id: string | null): string {
  if (id === null) return 'none';
  return /^[a-z{}%]{1,20}$/i.test(id) ? `"${decoded(id)}"` : 'another id';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
