/** JSON objects whose members nobody has looked at yet. */

import { isObject } from '../spec/json-pointer.js';

export type Members = Readonly<Record<string, unknown>>;

/** The members of an object; of anything else, none. */
export const membersOf = (value: unknown): Members => (isObject(value) ? value : {});

/** The members but for these. */
export function without<T>(
  members: Readonly<Record<string, T>>,
  ...names: readonly string[]
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}
