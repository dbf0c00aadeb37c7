/** The target's URL as a user may give it. */

import { UserError } from '../spec/errors.js';

/**
 * @param from what the user gave it with, for the error: the value itself is never repeated, since it may hold a password
 * @returns the URL without a trailing slash
 * @throws UserError
 */
export function targetUrl(text: string, from: string): string {
  const refuse = (what: string, hint: string) => new UserError(`${from} ${what}.`, hint);
  if (text.trim() === '') throw refuse('is empty', 'Give a URL, or leave it out to judge the embedded mock.');
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null)
    throw refuse('is not a URL', 'Give it as https://host, with a path prefix where it has one.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refuse('is neither http nor https', 'Give it as https://host or http://host:port.');
  }
  if (url.username !== '' || url.password !== '') {
    const hint =
      'Take them out, and set CONFORMANCE_USERNAME and CONFORMANCE_PASSWORD in the environment or in .env.';
    throw refuse('holds a user name or a password', hint);
  }
  if (/[?#]/.test(text)) throw refuse('has a query or a fragment', 'Give the base URL alone.');
  return (url.origin + url.pathname).replace(/\/+$/, '');
}
