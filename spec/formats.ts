/** The values of `format` that are checked, each as the contract's OpenAPI version defines it. */

import type { Format } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';

/**
 * The text form of RFC 9562 section 4, in any letter case. The `uuid` of ajv-formats takes `urn:uuid:` too, which
 * is a URN and not this form.
 */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => uuid.test(text);

/**
 * The formats that are checked. OpenAPI 3.0.1 ("Data Types") leaves `format` open and lets a tool fall back to the
 * type alone, which is done for every other one.
 */
export const checkedFormats: ReadonlyMap<string, Format> = new Map([
  ['uuid', uuid],
  ['int32', fullFormats.int32],
  ['int64', fullFormats.int64],
  ['date', fullFormats.date],
  ['date-time', fullFormats['date-time']],
]);

/** A checked format in plain words. */
export function formatInWords(format: unknown): string {
  switch (format) {
    case 'uuid':
      return 'a UUID of 8-4-4-4-12 hexadecimal digits';
    case 'int32':
      return 'a whole number from -2147483648 to 2147483647';
    default:
      return `a value of format ${String(format)}`;
  }
}
