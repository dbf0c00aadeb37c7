/** What a client sends to the mock for a token and a session, and what it takes from the answers. */

import { clients } from '../mock/tokens.js';
import { isObject } from '../spec/json-pointer.js';

const { username, password } = clients.main;

export const authorize = {
  path: '/api/v1/authorize',
  headers: {
    authorization: `Basic ${btoa(`${username}:${password}`)}`,
    'content-type': 'application/x-www-form-urlencoded',
  },
  body: 'grant_type=client_credentials',
} as const;

export const initiate = {
  path: '/api/v2/sessions',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    type: 'e-Transfer',
    direction: 'DEBIT',
    currency: 'CAD',
    amount: 1.5,
    options: { notificationPreferences: { language: 'en', sendInteracLink: false } },
    payor: { firstName: 'Bench', lastName: 'Mark', email: 'bench@example.com' },
  }),
} as const;

/** @throws Error where there is no such member that is a text */
export function textIn(value: unknown, name: string): string {
  const text = isObject(value) ? value[name] : undefined;
  if (typeof text !== 'string') throw new Error(`There is no ${name} in ${JSON.stringify(value)}.`);
  return text;
}
