/** A good client on Playwright's request context. */

import { request } from '@playwright/test';
import { cancelOne } from './cancelling.mjs';

export default async function client(environment) {
  const context = await request.newContext();
  try {
    await cancelOne(async ({ method, url, headers, body }) => {
      const answer = await context.fetch(url, { method, headers, data: body, timeout: 5000 });
      return {
        status: answer.status(),
        retryAfter: answer.headers()['retry-after'],
        json: await answer.json(),
      };
    }, environment);
  } finally {
    await context.dispose();
  }
}
