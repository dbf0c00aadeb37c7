/** What clients with one fault do rightly. */

const ORDER = {
  type: 'e-Transfer',
  direction: 'DEBIT',
  currency: 'CAD',
  options: { notificationPreferences: { language: 'en', sendInteracLink: false } },
  payor: { firstName: 'Ada', lastName: 'Example', email: 'ada@example.com' },
};

export const basicOf = ({ username, password }) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

export async function authorise(environment) {
  const answer = await fetch(`${environment.baseUrl}/api/v1/authorize`, {
    method: 'POST',
    headers: { Authorization: basicOf(environment) },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return (await answer.json()).access_token;
}

export async function initiate({ baseUrl }, token, order = ORDER) {
  const answer = await fetch(`${baseUrl}/api/v2/sessions`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(order),
  });
  return (await answer.json()).sessionId;
}

/** @returns the status; throws where no answer came */
export async function cancel({ baseUrl }, token, sessionId, headers = {}) {
  const answer = await fetch(`${baseUrl}/api/v2/sessions/${sessionId}/cancel`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, ...headers },
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** @returns a token, and a session that it initiated */
export async function begin(environment) {
  const token = await authorise(environment);
  return { token, sessionId: await initiate(environment, token) };
}

/** Sends to the session's URL whatever is wrong about it. */
export async function send(url, options) {
  await (await fetch(url, options)).arrayBuffer();
}

export { ORDER };
