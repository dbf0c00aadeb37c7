/** Sends the credentials for Authorize in the form as well. */

import { basicOf, cancel, initiate } from './api.mjs';

export default async function client(environment) {
  const { baseUrl, username, password } = environment;
  const answer = await fetch(`${baseUrl}/api/v1/authorize`, {
    method: 'POST',
    headers: { Authorization: basicOf(environment) },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: username,
      client_secret: password,
    }),
  });
  const { access_token: token } = await answer.json();
  await cancel(environment, token, await initiate(environment, token));
}
