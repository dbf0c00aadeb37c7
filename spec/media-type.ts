/** Media types and media ranges as the contract names them, compared by their essence. */

/** The three that the endpoint's page promises for every answer. */
export const promisedTypes = ['text/plain', 'application/json', 'text/json'] as const;

/** A media type in lower case and without parameters (RFC 9110 section 8.3.1): all that the contract is held against. */
export function essenceOf(mediaType: string): string {
  const [essence = ''] = mediaType.split(';', 1);
  return essence.trim().toLowerCase();
}

/**
 * Whether a media type that the contract declares covers one that came back: OpenAPI 3.0.1 lets `content` name
 * ranges ("Response Object").
 *
 * @example covers('text/*', 'Text/JSON; charset=utf-8') // true
 */
export function covers(declared: string, mediaType: string): boolean {
  return rangesOver(mediaType).includes(essenceOf(declared));
}

/** What may be declared for a media type, the most specific first: OpenAPI lets that one alone apply. */
export function rangesOver(mediaType: string): readonly string[] {
  const essence = essenceOf(mediaType);
  const [type, subtype] = essence.split('/', 2);
  return type && subtype ? [essence, `${type}/*`, '*/*'] : [];
}
