/** Which operation a request is for, by its path and its shape. */

import type { Operation } from '../fixtures/exchange.js';

export interface Named {
  readonly operation: Operation;
  /** The id's segment as it was sent; null where the path has none. */
  readonly id: string | null;
  /** Whether the path is the contract's, and not one that is nearly Cancel. */
  readonly exact: boolean;
}

/**
 * Another version or none, another letter case, a slash too many or in an escape, an id that is no id, or none, something
 * behind: meant for Cancel all the same.
 */
const NEARLY_CANCEL =
  /(?:^|\/)(?:(?:api\/+)?v\d+|api)\/+sessions?(?:(?:\/|%2f)(.*))?(?:\/|%2f)cancel(?:\/|%20|;.*)*$/is;

/** Methods that ask about a resource, and never act on it: browsers send OPTIONS before a request (CORS). */
const ABOUT = ['OPTIONS', 'TRACE'];

/**
 * @param path as it was sent, with its query
 * @param basePath what stands before every path of the target
 * @param template the path of Cancel Session in the contract
 * @returns null where the request is for none of the four operations
 * @example operationOf('POST', '/api/v1/sessions/undefined/cancel', '', template) // { operation: 'cancel', id: 'undefined', exact: false }
 */
export function operationOf(method: string, path: string, basePath: string, template: string): Named | null {
  if (ABOUT.includes(method)) return null;
  const whole = pathAlone(path);
  const local = whole.startsWith(`${basePath}/`) ? whole.slice(basePath.length) : null;
  if (local === '/api/v1/authorize') return { operation: 'authorize', id: null, exact: true };
  if (local === '/api/v2/sessions') return { operation: 'initiate', id: null, exact: true };
  const detailed = /^\/api\/v2\/sessions\/([^/]+)\/details$/.exec(local ?? '')?.[1];
  if (detailed !== undefined) return { operation: 'details', id: detailed, exact: true };
  const [before = '', behind = ''] = template.split('{sessionId}');
  const id = local === null ? null : between(local, before, behind);
  if (id !== null) return { operation: 'cancel', id, exact: true };
  const nearly = NEARLY_CANCEL.exec(whole);
  return nearly === null ? null : { operation: 'cancel', id: nearly[1] ?? null, exact: false };
}

/** The path of a request target (RFC 9112 section 3.2): an absolute form loses its origin, and every form its query. */
function pathAlone(target: string): string {
  const [path = ''] = target.replace(/^https?:\/\/[^/?#]*/i, '').split('?');
  return path;
}

function between(path: string, before: string, behind: string): string | null {
  if (!path.startsWith(before) || !path.endsWith(behind)) return null;
  const id = path.slice(before.length, path.length - behind.length);
  return path.length >= before.length + behind.length && id !== '' && !id.includes('/') ? id : null;
}
