/** Requests are told apart by path and shape. */

import { expect, it } from 'vitest';
import { operationOf } from './operation.js';

const template = '/api/v2/sessions/{sessionId}/cancel';
const ID = '70e694b4-b689-4e5f-a91e-913a549cb967';
const named = (path: string, basePath = '', method = 'POST') => operationOf(method, path, basePath, template);

it.each([
  ['/api/v1/authorize', { operation: 'authorize', id: null, exact: true }],
  ['/api/v2/sessions', { operation: 'initiate', id: null, exact: true }],
  [`/api/v2/sessions/${ID}/details`, { operation: 'details', id: ID, exact: true }],
  [`/api/v2/sessions/${ID}/cancel`, { operation: 'cancel', id: ID, exact: true }],
  [`/api/v2/sessions/${ID}/cancel?x=/y`, { operation: 'cancel', id: ID, exact: true }],
  [`http://localhost/api/v2/sessions/${ID}/cancel`, { operation: 'cancel', id: ID, exact: true }],
  ['/api/v2/sessions/undefined/cancel', { operation: 'cancel', id: 'undefined', exact: true }],
  ['/api/v2/sessions/{sessionId}/cancel', { operation: 'cancel', id: '{sessionId}', exact: true }],
] as const)('%s is what it says', (path, expected) => expect(named(path)).toEqual(expected));

it.each([
  `/api/v1/sessions/${ID}/cancel`,
  `/api/v2/sessions/${ID}/cancel/`,
  `/api/v2/sessions/${ID}/Cancel`,
  `/API/v2/sessions/${ID}/cancel`,
  `/api/v2/session/${ID}/cancel`,
  `/v2/sessions/${ID}/cancel`,
  '/api/v2/sessions//cancel',
  '/api/v2/sessions/cancel',
  `//api/v2/sessions/${ID}/cancel`,
  `/api/sessions/${ID}/cancel`,
  `/api/v2/sessions%2F${ID}/cancel`,
  `/api/v2/sessions/${ID}/cancel%20`,
  `/api/v2/sessions/${ID}/cancel;v=1`,
])('%s is nearly Cancel', (path) => expect(named(path)).toMatchObject({ operation: 'cancel', exact: false }));

it.each([
  '/',
  '/api/v2/sessions/',
  '/app/?sessionId=x',
  `/api/v2/orders/${ID}/cancel`,
  `/sessions/${ID}/cancel`,
  `/api/v2/sessions/${ID}/cancelled`,
])('%s is something else', (path) => expect(named(path)).toBeNull());

it('paths stand behind the target’s prefix, and OPTIONS asks about a resource', () => {
  const path = `/partner/api/v2/sessions/${ID}/cancel`;
  expect(named(path, '/partner')).toMatchObject({ operation: 'cancel', exact: true });
  expect(named(path.replace('/partner', ''), '/partner')).toMatchObject({
    operation: 'cancel',
    exact: false,
  });
  expect(named(path, '/partner', 'OPTIONS')).toBeNull();
});
