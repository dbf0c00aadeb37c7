/** Text of a target for a terminal, a page or a file: made harmless, cut, and wrapped. */

import stringWidth from 'string-width';

/** Control characters (ANSI sequences begin with one), line breaks, and those that reverse the order of letters. */
const UNPRINTABLE = /[\p{Cc}\u{61c}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{2069}\u{feff}]/gu;

/**
 * Text that may come from a target, on one line, with what would act on the terminal shown by its code.
 *
 * @example plain('\u001b[2Jgone') // '\\u001b[2Jgone'
 */
export function plain(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(UNPRINTABLE, codeOf);
}

/** As `plain`, and its lines stay lines: what is to be run in a shell. */
export const plainLines = (text: string): string => text.split(/\r?\n/).map(plain).join('\n');

function codeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** No more of a text than helps a person; the whole is in verdict.json. */
export function cut(text: string, longest: number): string {
  const letters = [...text];
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join('')}…`;
}

/** Lines of at most `width` columns, of which some characters take two; a longer word stands on a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stringWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** Text behind a label; its further lines begin where the first one does. */
export function labelled(label: string, text: string, width: number): string[] {
  const lines = wrap(text, width - label.length);
  return lines.map((line, index) => (index === 0 ? label : ' '.repeat(label.length)) + line);
}

/** @example counted(1, 'must') // '1 must' */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

/** Text as one word of a POSIX shell. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
