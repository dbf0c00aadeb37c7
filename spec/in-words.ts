/** A JSON value in a few words, for a person who reads what is wrong with it. */

/** A text longer than this is told by its length: a token that was cut short could no longer be found and masked. */
const longest = 60;

/**
 * @example inWords(5) // '5'
 * @example inWords({ a: 1 }) // 'an object'
 */
export function inWords(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `an array of ${value.length} ${value.length === 1 ? 'item' : 'items'}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'string' && value.length > longest) return `a string of ${value.length} characters`;
  return JSON.stringify(value);
}
