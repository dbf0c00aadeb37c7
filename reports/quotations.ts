/** Quotations from the contract, by JSON pointer. */

import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { publishedContract } from '../spec/contract.js';
import { valueAt } from '../spec/json-pointer.js';
import { readYaml } from '../spec/yaml-file.js';

/** @returns what stands at a URI fragment, as YAML; null where nothing does */
export type Quote = (fragment: string) => string | null;

/** What a person reads of a quotation; the pointer leads to the rest. */
const MOST_LINES = 24;

/** @returns quotations from the published contract where it is the one that was judged by, else none */
export function quotationsFor(sha256: string, file: string = publishedContract): Quote {
  const { bytes, value } = readYaml(file);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return () => null;
  return (fragment) => {
    const found = valueAt(value, decodeURIComponent(fragment.replace(/^#/, '')));
    if (found === undefined) return null;
    const lines = stringify(found).trimEnd().split('\n');
    return lines.length <= MOST_LINES ? lines.join('\n') : [...lines.slice(0, MOST_LINES), '…'].join('\n');
  };
}
