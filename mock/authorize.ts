/** Authorize: a token for a client's user name and password. */

import type { Call, Outcome } from './behaviour.js';
import { type Credentials, clientOf } from './tokens.js';

export async function authorize(call: Call): Promise<Outcome> {
  const [line = ''] = call.request.authorization;
  const client = clientOf(basicCredentials(line));
  if (!client) return { kind: 'unauthorized' };
  const form = new URLSearchParams((await call.request.body()).toString());
  if (form.get('grant_type') !== 'client_credentials') {
    return { kind: 'invalid', detail: 'grant_type must be client_credentials' };
  }
  const token = call.world.tokens.issue(client, await call.steps.mint(call, client));
  const value = { access_token: token.value, token_type: 'bearer', expires_in: token.expiresIn };
  return { kind: 'done', status: 200, value };
}

/** Empty strings, which no client has, where the header holds no Basic credentials. */
function basicCredentials(line: string): Credentials {
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(line)?.[1] ?? '';
  const [username = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
  return { username, password: rest.join(':') };
}
