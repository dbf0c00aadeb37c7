/** A client's tests initiate sessions that send no e-mail. */

import { isObject } from '../../spec/json-pointer.js';
import { type ClientOracle, heldIf } from './oracle.js';
import { bodyOf } from './traffic.js';

export const noInteracLink: ClientOracle = {
  requirement: 'client.initiate.no-interac-link',
  judge: ({ calls }) =>
    calls
      .filter(({ operation }) => operation === 'initiate')
      .map((call) => {
        const { options } = bodyOf(call);
        const preferences = isObject(options) ? options['notificationPreferences'] : undefined;
        const sends = isObject(preferences) && preferences['sendInteracLink'] === true;
        return heldIf(!sends, call, 'sendInteracLink false', 'sendInteracLink true');
      }),
};
