/** At the end no session that was initiated is left without a try to cancel it. */

import { type ClientOracle, heldIf } from './oracle.js';
import type { ClientTraffic, InitiatedSession } from './traffic.js';

/** Sessions that nobody tried to cancel, in the order of Initiate. A try counts whatever was wrong with it. */
export function leftActive({ sessions, cancels }: ClientTraffic): readonly InitiatedSession[] {
  const tried = new Set<string>();
  for (const { request } of cancels)
    for (const [id] of request.path.toLowerCase().matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g))
      tried.add(id);
  return [...sessions.values()].filter(({ id }) => !tried.has(id));
}

export const cleanup: ClientOracle = {
  requirement: 'client.cleanup',
  judge: (traffic) => {
    const left = new Set(leftActive(traffic));
    return [...traffic.sessions.values()].map((session) =>
      heldIf(
        !left.has(session),
        session.initiate,
        'a try to cancel every session that was initiated',
        'a session that nobody tried to cancel',
      ),
    );
  },
};
