/** A request as a curl line for a shell, in which `$TOKEN` stands for the token. */

import type { Exchange, Header } from '../fixtures/exchange.js';
import type { Secrets } from '../fixtures/secrets.js';

export const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Headers that say only how this project sends. */
const OURS = ['user-agent', 'accept-encoding', 'authorization', 'content-length', 'host'];

/** A word of a shell. Secrets that a script has in a variable stand as that, and others are masked. */
function word(text: string, secrets: Secrets): string {
  const masked = secrets.mask(text);
  const known = masked === text ? undefined : [...secrets.variables].find(([value]) => text.includes(value));
  if (known === undefined) return quoted(masked);
  const [value, variable] = known;
  const parts = text.split(value).map((part) => (part === '' ? '' : word(part, secrets)));
  return parts.join(`"${variable}"`);
}

const headerArgument = ([name, value]: Header, secrets: Secrets): string =>
  `-H ${word(value === '' ? `${name};` : `${name}: ${value}`, secrets)}`;

/** Where curl is to ask, and what it takes to get there. */
export interface CurlPlace {
  readonly origin: string;
  readonly secrets: Secrets;
  /** Options for a shell; empty where there are none. */
  readonly curlOptions: string;
}

export function curlLine(exchange: Exchange, { origin, secrets, curlOptions }: CurlPlace): string {
  const authorization = secrets.mask(exchange.curlAuthorization);
  const { method, path, headers, body } = exchange.request;
  const shown = headers.filter(([name, value]) => {
    const lower = name.toLowerCase();
    return !OURS.includes(lower) && !(lower === 'accept' && value === '*/*');
  });
  const names = headers.map(([name]) => name.toLowerCase());
  // What curl would add of itself.
  const unsent = [
    ...(names.includes('accept') ? [] : ["-H 'Accept:'"]),
    ...(body === null || names.includes('content-type') ? [] : ["-H 'Content-Type:'"]),
  ];
  const parts = [
    `curl -i --path-as-is -X ${method} ${word(origin + path, secrets)}`,
    ...(authorization === '' ? [] : [authorization]),
    ...unsent,
    ...shown.map((header) => headerArgument(header, secrets)),
    ...(curlOptions === '' ? [] : [curlOptions]),
    ...(body === null ? [] : [`--data-raw ${word(body, secrets)}`]),
  ];
  return parts.join(' ');
}
