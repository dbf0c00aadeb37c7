/** Reads Accept headers and media types (RFC 9110 sections 8.3.1 and 12.5.1). */

export interface MediaType {
  /** `type/subtype` in lower case. */
  readonly essence: string;
  readonly charset: string | null;
}

/** @returns null where the value is no media type */
export function parseMediaType(value: string): MediaType | null {
  const [essence = '', ...parameters] = value.split(';').map((part) => part.trim());
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+\/[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(essence)) return null;
  const charset = parameters.map((parameter) => /^charset="?([^"]*)"?$/i.exec(parameter)?.[1]).find(Boolean);
  return { essence: essence.toLowerCase(), charset: charset?.toLowerCase() ?? null };
}

interface Range {
  readonly range: string;
  readonly quality: number;
}

/** The ranges of a well-formed Accept header; only well-formed ones are ever sent. */
function ranges(accept: string): Range[] {
  return accept.split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const quality = parameters.map((parameter) => /^q=([\d.]+)$/i.exec(parameter)?.[1]).find(Boolean);
    return { range: range.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) };
  });
}

/** How exactly a range names a type; -1 where it does not. */
function precision(range: string, essence: string): number {
  if (range === essence) return 2;
  if (range === '*/*') return 0;
  return range.endsWith('/*') && essence.startsWith(range.slice(0, -1)) ? 1 : -1;
}

/** The quality that an Accept header gives a media type: the most precise range counts; 0 where none names it. */
export function qualityOf(accept: string | null, essence: string): number {
  if (accept === null) return 1;
  let best = { precision: -1, quality: 0 };
  for (const { range, quality } of ranges(accept)) {
    const found = precision(range, essence);
    if (found > best.precision) best = { precision: found, quality };
  }
  return best.quality;
}
