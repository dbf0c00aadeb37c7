/** Text of a target for a page: what would act unseen is shown by its code, and no more of it than helps. */

/** As on the terminal, but for tabs and line breaks; a lone surrogate is no character. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cs}\u{61c}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{2069}\u{feff}]/gu;

/** @example visible('a\u202eb') // 'a\\u202eb' */
function visible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** @param longest in UTF-16 units; a text that is longer ends with what is left out */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return visible(text);
  const left = (text.length - longest).toLocaleString('en-US');
  return `${visible(text.slice(0, longest))}… (${left} characters more)`;
}

/** @example milliseconds(1234.5) // '1.23 s' */
export function milliseconds(value: number): string {
  if (value >= 1000) return `${(value / 1000).toLocaleString('en-US', { maximumSignificantDigits: 3 })} s`;
  return `${value.toLocaleString('en-US', { maximumSignificantDigits: 3 })} ms`;
}

/** @example moment('2026-11-25T09:46:10.548Z') // '25 Nov 2026, 09:46 UTC' */
export function moment(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return visible(iso);
  const shown = date.toLocaleString('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${shown} UTC`;
}
