/** JSON pointers (RFC 6901): written, read, and followed without ever touching a prototype. */

/** The pointer to what lies under `names` below `parent`; the root is the empty string. */
export function pointerTo(parent: string, ...names: readonly string[]): string {
  return parent + names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The names that a pointer is made of, unescaped (RFC 6901 section 4). */
export function namesOf(pointer: string): string[] {
  const [, ...names] = pointer.split('/');
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a pointer; `undefined`, which no JSON holds, where there is none. */
export function valueAt(root: unknown, pointer: string): unknown {
  return namesOf(pointer).reduce(child, root);
}

function child(parent: unknown, name: string): unknown {
  if (Array.isArray(parent)) return /^(0|[1-9]\d*)$/.test(name) ? parent[Number(name)] : undefined;
  return isObject(parent) && Object.hasOwn(parent, name) ? parent[name] : undefined;
}

/** A JSON object: neither null nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
