/** A server of pages that do what a test says, and the hosted page as a run sees it there. */

import { createServer, type RequestListener } from 'node:http';
import type { Browser } from '@playwright/test';
import { HostedPage } from '../../fixtures/hosted-page/hosted-page.js';
import { Secrets } from '../../fixtures/secrets.js';
import type { PageSettings } from '../../fixtures/target.js';
import { type Listening, listening } from '../servers/service.js';

export const SECRET = 'open-sesame-42';

export interface PageServer extends Listening {
  /** What it answers from now on: a document, or whatever the listener does. */
  serve(what: string | RequestListener): void;
}

export async function startPageServer(): Promise<PageServer> {
  let answer: RequestListener = () => {};
  const server = createServer((request, response) => answer(request, response));
  const { url, close } = await listening(server.listen(0, '127.0.0.1'));
  return {
    url,
    close,
    serve(what) {
      answer =
        typeof what === 'function'
          ? what
          : (_, response) => response.setHeader('Content-Type', 'text/html').end(what);
    },
  };
}

/** @param page null where the configuration says that it is not opened */
export function hostedPageAt(
  url: string,
  browser: Browser | undefined,
  page: PageSettings | null = {},
  opens = true,
): HostedPage {
  const secrets = new Secrets();
  secrets.add(SECRET);
  return new HostedPage({
    target: {
      url,
      embedded: false,
      credentials: {},
      accessToken: null,
      clientId: null,
      supply: null,
      page,
    },
    secrets,
    timeoutMs: 1500,
    opens,
    browser,
  });
}
