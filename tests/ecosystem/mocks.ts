/** Mocks of others, each as its documentation has it and as near to the contract as it can be brought without code. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../spec/package-root.js';

export interface ForeignMock {
  readonly name: string;
  /** Name and version, of the newest that runs on Node 20. */
  readonly install: string;
  /** What it is, in a sentence. */
  readonly kind: string;
  /** Files that it reads, by name. */
  readonly files: (port: number) => Readonly<Record<string, unknown>>;
  /** The command in `node_modules/.bin`, and its arguments; it runs where the files are. */
  readonly command: (port: number) => readonly [string, ...string[]];
}

/** The only one that any of them takes for valid. */
export const ACCESS_TOKEN = 'a-token-that-every-mock-here-knows';

const CONTRACT = join(packageRoot, 'spec', 'pay-interac.yaml');

const PATH = '^/api/v2/sessions/[^/]+/cancel$';
const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

const TYPES = ['text/plain', 'text/json', 'application/json'];

/** An answer in each of the declared types; the last one where none of them is asked for alone. */
function stubs(
  predicates: readonly unknown[],
  statusCode: number,
  body: unknown,
  more: Stub = {},
): unknown[] {
  const { headers = {}, ...behaviours } = more;
  return TYPES.map((type, i) => ({
    predicates: [...predicates, ...(i < TYPES.length - 1 ? [{ equals: { headers: { Accept: type } } }] : [])],
    responses: [
      {
        is: { statusCode, headers: { 'Content-Type': type, ...headers }, body: JSON.stringify(body) },
        ...behaviours,
      },
    ],
  }));
}

interface Stub {
  readonly headers?: Readonly<Record<string, string>>;
  readonly behaviors?: readonly unknown[];
}

const problem = (status: number, title: string, detail: string) => ({ title, status, detail });

const unlike = (request: unknown) => [{ not: { matches: request, caseSensitive: true } }];

/** In the order in which they are tried: method, token, id, and the success of the page's example. */
const imposter = (port: number) => ({
  port,
  protocol: 'http',
  host: '127.0.0.1',
  stubs: [
    ...stubs(
      unlike({ method: '^POST$', path: PATH }),
      405,
      problem(405, 'Method Not Allowed', 'POST alone is allowed'),
      { headers: { Allow: 'POST' } },
    ),
    ...stubs(
      // The scheme in any letter case, and the token in its own.
      unlike({ headers: { Authorization: `^[Bb][Ee][Aa][Rr][Ee][Rr] ${ACCESS_TOKEN}$` } }),
      401,
      problem(401, 'Unauthorized', 'Valid access token required'),
      { headers: { 'WWW-Authenticate': 'Bearer' } },
    ),
    ...stubs(
      unlike({ path: `/${UUID}/cancel$` }),
      400,
      problem(400, 'Bad Request', 'The sessionId is not a UUID'),
    ),
    ...stubs(
      [],
      200,
      { sessionId: '${id}', status: 'Cancelled' },
      {
        behaviors: [{ copy: { from: 'path', into: '${id}', using: { method: 'regex', selector: UUID } } }],
      },
    ),
  ],
});

/** The contract without what is not application/json. */
function contractInJson(): unknown {
  return JSON.parse(JSON.stringify(parse(readFileSync(CONTRACT, 'utf8'))), (name: string, value: unknown) =>
    name === 'content' ? { 'application/json': Object(value)['application/json'] } : value,
  );
}

const prism = (port: number, document: string): [string, ...string[]] => [
  'prism',
  'mock',
  '--host',
  '127.0.0.1',
  '--port',
  String(port),
  document,
];

export const foreignMocks: readonly ForeignMock[] = [
  {
    name: 'Prism',
    install: '@stoplight/prism-cli@5.14.2',
    kind: 'answers what the OpenAPI document declares, from its schemas',
    files: () => ({}),
    command: (port) => prism(port, CONTRACT),
  },
  {
    name: 'Prism, with a contract of application/json alone',
    install: '@stoplight/prism-cli@5.14.2',
    kind: 'is given the document without text/plain and text/json, which it cannot write',
    files: () => ({ 'contract.json': contractInJson() }),
    command: (port) => prism(port, 'contract.json'),
  },
  {
    name: 'json-server',
    install: 'json-server@0.17.4',
    kind: 'keeps a file of JSON behind REST routes; a POST adds to it',
    files: () => ({
      'db.json': { cancellations: [] },
      'routes.json': { '/api/v2/sessions/:id/cancel': '/cancellations' },
    }),
    command: (port) => [
      'json-server',
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--routes',
      'routes.json',
      '--quiet',
      'db.json',
    ],
  },
  {
    name: 'mountebank',
    install: 'mountebank@2.9.1',
    kind: 'matches requests against stubs, as WireMock does; here with stubs for method, token, id and success in each media type',
    files: (port) => ({ 'imposters.json': { imposters: [imposter(port)] } }),
    command: (port) => [
      'mb',
      '--configfile',
      'imposters.json',
      '--port',
      String(port + 1),
      '--host',
      '127.0.0.1',
      '--nologfile',
    ],
  },
];
