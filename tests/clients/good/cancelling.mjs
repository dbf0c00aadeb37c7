/** What a good client does, whatever library sends for it: initiates a session, and cancels it whatever comes between. */

import { setTimeout as pause } from 'node:timers/promises';

const ORDER = {
  referenceId: 'order-1',
  type: 'e-Transfer',
  direction: 'DEBIT',
  currency: 'CAD',
  amount: 1.5,
  options: { notificationPreferences: { language: 'en', sendInteracLink: false } },
  payor: { firstName: 'Ada', lastName: 'Example', email: 'ada@example.com' },
};
const MOST_FAILURES = 5;

/**
 * @param send takes {method, url, headers, body}, answers {status, retryAfter, json}, and throws where no answer came
 */
export async function cancelOne(send, { baseUrl, username, password }) {
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const authorise = async () => {
    const { json } = await send({
      method: 'POST',
      url: `${baseUrl}/api/v1/authorize`,
      headers: { Authorization: basic, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
    return { Authorization: `Bearer ${json.access_token}` };
  };
  let token = await authorise();
  const { json: session } = await send({
    method: 'POST',
    url: `${baseUrl}/api/v2/sessions`,
    headers: { ...token, 'Content-Type': 'application/json' },
    body: JSON.stringify(ORDER),
  });
  const url = `${baseUrl}/api/v2/sessions/${session.sessionId}`;
  let isRenewed = false;
  for (let failures = 0; ; ) {
    const answer = await send({ method: 'POST', url: `${url}/cancel`, headers: token }).catch(() => null);
    const status = answer?.status ?? 0;
    // 400 says that there is nothing left to cancel.
    if (status === 200 || status === 400) break;
    if (status === 401) {
      if (isRenewed) throw new Error('A new token is refused.');
      isRenewed = true;
      token = await authorise();
      continue;
    }
    failures += 1;
    if (failures >= MOST_FAILURES) throw new Error(`The service is not available (${status}).`);
    // Long enough that a busy machine, which lengthens some of them, does not make one shorter than the one before.
    await pause(answer?.retryAfter ? Number(answer.retryAfter) * 1000 : 80 * 3 ** failures);
  }
  await ended(send, url, token);
}

/** Details may lag behind for a moment. */
async function ended(send, url, token) {
  for (let reads = 0; reads < 8; reads += 1) {
    const { json } = await send({ method: 'GET', url: `${url}/details`, headers: token });
    if (json.status !== 'Initiated') return;
    await pause(250);
  }
  throw new Error('The session is still active.');
}
