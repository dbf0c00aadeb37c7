/** The source of a requirement, read back from its one line, with the contract quoted. */

export interface SourceParts {
  /** A heading of the endpoint's page. */
  readonly page: string | null;
  /** A JSON pointer into the contract, as a URI fragment. */
  readonly contract: string | null;
  readonly rfc: string | null;
}

/** @param text such as `page "Response Fields"; contract #/components/schemas/SessionStatus; RFC 9562 section 4` */
export function sourceParts(text: string): SourceParts {
  const parts = text.split('; ');
  const behind = (start: string) => parts.find((part) => part.startsWith(start))?.slice(start.length) ?? null;
  const rfc = parts.find((part) => part.startsWith('RFC ')) ?? null;
  return { page: behind('page ')?.replace(/^"|"$/g, '') ?? null, contract: behind('contract '), rfc };
}

/** @returns where an RFC's section can be read, or null where the text names none */
export function rfcLink(rfc: string): string | null {
  const [, number, section] = /^RFC (\d{1,5})(?: section (\d+(?:\.\d+)*))?$/.exec(rfc) ?? [];
  if (number === undefined) return null;
  return `https://www.rfc-editor.org/rfc/rfc${number}${section === undefined ? '' : `#section-${section}`}`;
}
