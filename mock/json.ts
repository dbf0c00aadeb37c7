/** JSON objects whose members nobody has looked at yet. */

export type Members = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of an object; of anything else, none. */
export const membersOf = (value: unknown): Members => (isObject(value) ? value : {});

/** The members but for these. */
export function without<T>(
  members: Readonly<Record<string, T>>,
  ...names: readonly string[]
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}
