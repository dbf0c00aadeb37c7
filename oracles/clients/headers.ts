/** The headers of every request: Authorization, Accept and x-client-id, each as the contract has it. */

import type { Call } from '../../fixtures/call.js';
import { headerValue, headerValues } from '../../fixtures/exchange.js';
import { qualityOf } from '../accept.js';
import { broken, type ClientOracle, held, heldIf } from './oracle.js';
import { bearerOf } from './traffic.js';

/** RFC 7617 section 2. */
const BASIC = /^Basic +[A-Za-z0-9+/]+=*$/i;

export const authorization: ClientOracle = {
  requirement: 'client.authorization',
  judge: ({ calls }) =>
    calls.flatMap((call) => {
      const lines = headerValues(call.request.headers, 'authorization');
      const isAuthorize = call.operation === 'authorize';
      // A requirement of its own speaks of credentials in the body.
      if (isAuthorize && lines.length === 0 && credentialsInBody(call)) return [];
      const right = isAuthorize ? lines.length === 1 && BASIC.test(lines[0] ?? '') : bearerOf(call) !== null;
      const expected = `one Authorization line with ${isAuthorize ? 'Basic' : 'Bearer and a token'}`;
      return [heldIf(right, call, expected, linesInWords(lines, isAuthorize))];
    }),
};

function linesInWords(lines: readonly string[], isAuthorize: boolean): string {
  const [line = ''] = lines;
  if (lines.length !== 1) return lines.length === 0 ? 'none' : `${lines.length} of them`;
  const scheme = /^(?:basic|bearer|digest|token)(?= |$)/i.exec(line)?.[0];
  if (scheme === undefined) return 'no scheme that is known';
  const isRightScheme = scheme.toLowerCase() === (isAuthorize ? 'basic' : 'bearer');
  return isRightScheme ? `${scheme} without what belongs behind it` : `the scheme ${scheme}`;
}

/** Members of the form or the JSON that hold credentials (RFC 6749 section 2.3.1). */
const CREDENTIAL_MEMBERS = /(?:^|[&{,\s"])(?:client_secret|password|secret)"?\s*[=:]/i;

function credentialsInBody({ request }: Call): boolean {
  return request.body !== null && CREDENTIAL_MEMBERS.test(request.body);
}

export const authorizeBasic: ClientOracle = {
  requirement: 'client.authorize.basic',
  judge: ({ calls }) =>
    calls
      .filter(({ operation }) => operation === 'authorize')
      .map((call) =>
        heldIf(
          !credentialsInBody(call),
          call,
          'credentials in the Basic header alone',
          'credentials in the body',
        ),
      ),
};

export const accept: ClientOracle = {
  requirement: 'client.accept',
  judge: ({ cancels, contract }) => {
    const declared = contract.statuses.flatMap((status) => [...contract.mediaTypes(status)]);
    return cancels.map((call) => {
      const value = headerValue(call.request.headers, 'accept');
      if (value === null || value.trim() === '') return held(call);
      return heldIf(
        declared.some((type) => qualityOf(value, type) > 0),
        call,
        `no Accept, or one that allows ${[...new Set(declared)].join(', ')}`,
        value.slice(0, 100),
      );
    });
  },
};

/** RFC 5234's VCHAR. */
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

export const clientId: ClientOracle = {
  requirement: 'client.client-id',
  judge: ({ calls }) =>
    calls.map((call) => {
      const lines = headerValues(call.request.headers, 'x-client-id');
      const expected = 'no x-client-id, or one line of visible ASCII';
      if (lines.length > 1) return broken(call, expected, `${lines.length} lines`);
      const right = lines.every((line) => VISIBLE_ASCII.test(line));
      return heldIf(right, call, expected, lines[0] === '' ? 'an empty one' : 'other characters');
    }),
};
