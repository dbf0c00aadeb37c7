/** Which operation a path names, and which methods it has. */

export type Operation = 'authorize' | 'initiate' | 'details' | 'cancel' | 'none';

export interface Route {
  readonly operation: Operation;
  /** the id's segment as it was sent; empty where the path has none */
  readonly rawId: string;
}

/** The methods that a known path has, as its Allow header lists them. */
export const methods: Readonly<Record<Operation, readonly string[]>> = {
  authorize: ['POST', 'OPTIONS'],
  initiate: ['POST', 'OPTIONS'],
  details: ['GET', 'HEAD', 'OPTIONS'],
  cancel: ['POST', 'OPTIONS'],
  none: [],
};

const sessionPath = /^\/api\/v2\/sessions\/([^/]*)\/(cancel|details)$/;

/** @example routeOf('/api/v2/sessions/x/cancel', '') // { operation: 'cancel', rawId: 'x' } */
export function routeOf(path: string, basePath: string): Route {
  if (!path.startsWith(`${basePath}/`)) return { operation: 'none', rawId: '' };
  const local = path.slice(basePath.length);
  if (local === '/api/v1/authorize') return { operation: 'authorize', rawId: '' };
  if (local === '/api/v2/sessions') return { operation: 'initiate', rawId: '' };
  const [, rawId = '', operation] = sessionPath.exec(local) ?? [];
  return operation === 'cancel' || operation === 'details'
    ? { operation, rawId }
    : { operation: 'none', rawId: '' };
}
