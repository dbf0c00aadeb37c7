/** Which of the declared media types an Accept header asks for (RFC 9110 section 12.5.1). */

/** The declared media types, the preferred one first. */
export const mediaTypes = ['application/json', 'text/json', 'text/plain'] as const;

export type MediaType = (typeof mediaTypes)[number];

interface MediaRange {
  readonly type: string;
  readonly quality: number;
}

/** @example parseAccept('text/plain;q=0.5, *\/*') // [{ type: 'text/plain', quality: 0.5 }, { type: '*\/*', quality: 1 }] */
export function parseAccept(accept: string): readonly MediaRange[] {
  return accept
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
      const quality = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1);
      return { type, quality: Number.isNaN(quality) ? 1 : quality };
    });
}

/** The quality that the ranges give a type: that of the most specific range that matches it, or 0. */
function qualityOf(type: MediaType, ranges: readonly MediaRange[]): number {
  const group = `${type.slice(0, type.indexOf('/'))}/*`;
  for (const specificity of [type, group, '*/*']) {
    const range = ranges.find((one) => one.type === specificity);
    if (range) return range.quality;
  }
  return 0;
}

/** The declared type with the highest quality; undefined where none is acceptable. */
export function acceptable(accept: string | undefined): MediaType | undefined {
  const ranges = parseAccept(accept ?? '');
  if (ranges.length === 0) return mediaTypes[0];
  const qualities = mediaTypes.map((type) => qualityOf(type, ranges));
  const best = Math.max(...qualities);
  return best > 0 ? mediaTypes[qualities.indexOf(best)] : undefined;
}
