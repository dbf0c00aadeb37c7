/** Tests of the contract: what it declares, what it says of bodies, and how a broken one is refused. */

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Contract, ContractError, loadContract } from './contract.js';
import { UserError } from './errors.js';
import { packageRoot } from './package-root.js';

const folder = mkdtempSync(join(tmpdir(), 'contract-'));
afterAll(() => rmSync(folder, { recursive: true }));

const id = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
const cancelled = { sessionId: id, referenceId: 'order-1', status: 'Cancelled', statusDetails: null };

let files = 0;

function write(text: string | Uint8Array): string {
  files += 1;
  const file = join(folder, `${files}.yaml`);
  writeFileSync(file, text);
  return file;
}

/** A contract whose 200 has one schema, written in YAML's flow style, beside further schemas. */
function withSchema(schema: string, schemas = ''): string {
  return `openapi: 3.0.1
info: { title: Test, version: v1 }
paths:
  /s/{sessionId}/cancel:
    post:
      responses:
        '200':
          description: Success
          content:
            application/json:
              schema: ${schema}
components:
  schemas:
    Text: { type: string }
${schemas}`;
}

function judge(schema: string, body: unknown, schemas = ''): string[] {
  return messages(loadContract(write(withSchema(schema, schemas))), 200, body);
}

function messages(contract: Contract, status: number, body: unknown): string[] {
  const violations = contract.validate(status, 'application/json', body);
  return violations.map(({ pointer, message }) => `${pointer} ${message}`);
}

function refusal(file: string): ContractError {
  try {
    loadContract(file);
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
  throw new Error(`${file} was taken`);
}

describe('the published contract', () => {
  const contract = loadContract();

  it('is known by title, version, file and the hash of its bytes', () => {
    const file = join(packageRoot, 'spec', 'pay-interac.yaml');
    const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
    expect(contract).toMatchObject({ title: 'Flinks Interac API', version: 'v2', file, sha256 });
  });

  it('declares the path and three statuses', () => {
    expect(contract.pathTemplate).toBe('/api/v2/sessions/{sessionId}/cancel');
    expect(contract.statuses).toEqual([200, 400, 401]);
  });

  it('declares three media types for each, and none for a status that it does not know', () => {
    const types = ['text/plain', 'application/json', 'text/json'];
    expect([200, 400, 401].map((status) => contract.mediaTypes(status))).toEqual([types, types, types]);
    expect(contract.mediaTypes(404)).toEqual([]);
  });

  it('finds nothing wrong with an ordinary 200', () => {
    expect(contract.validate(200, 'application/json', cancelled)).toEqual([]);
  });

  it('finds nothing wrong with an empty object, for no member is required', () => {
    expect(messages(contract, 200, {})).toEqual([]);
    expect(messages(contract, 400, {})).toEqual([]);
  });

  it('compares media types without case and parameters', () => {
    const violations = contract.validate(200, 'Text/PLAIN ; charset=UTF-8', { ...cancelled, extra: 1 });
    expect(violations.map(({ pointer }) => pointer)).toEqual(['/extra']);
  });

  it('says nothing of a status or a media type that it does not declare', () => {
    expect(contract.validate(404, 'application/json', 'x')).toEqual([]);
    expect(contract.validate(200, 'application/xml', 'x')).toEqual([]);
    expect(contract.validate(200, '', 'x')).toEqual([]);
  });

  it('refuses a further member in a 200 and says which', () => {
    expect(contract.validate(200, 'text/json', { ...cancelled, 'a/b~': [1] })).toEqual([
      {
        pointer: '/a~1b~0',
        message: 'must not be there',
        expected: 'no such member',
        actual: 'an array of 1 item',
      },
    ]);
  });

  it('allows any further member in a problem', () => {
    expect(messages(contract, 401, { traceId: 'x', errors: { a: ['b'] }, constructor: null })).toEqual([]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'counts %s as a further member',
    (name) => {
      const body: unknown = JSON.parse(`{ "status": "Cancelled", "${name}": { "status": 5 } }`);
      expect(messages(contract, 200, body)).toEqual([`/${name} must not be there`]);
    },
  );

  it('allows null where the schema is nullable, and only there', () => {
    expect(messages(contract, 200, { referenceId: null, statusDetails: null })).toEqual([]);
    expect(
      messages(contract, 400, { type: null, title: null, status: null, detail: null, instance: null }),
    ).toEqual([]);
    expect(messages(contract, 200, { sessionId: null, status: null })).toEqual([
      '/sessionId must be a string',
      '/status must be a string',
    ]);
  });

  it('tells a wrong type in plain words, and says nothing more of that value', () => {
    expect(contract.validate(400, 'application/json', { status: '400' })).toEqual([
      {
        pointer: '/status',
        message: 'must be a whole number or null',
        expected: 'a whole number or null',
        actual: '"400"',
      },
    ]);
    expect(messages(contract, 400, { status: 400.5 })).toEqual(['/status must be a whole number or null']);
  });

  it('names the values of an enum, compared with case', () => {
    const values = '"Initiated", "Failed", "Cancelled", "Expired", "Completed"';
    expect(messages(contract, 200, { status: 'cancelled' })).toEqual([`/status must be one of ${values}`]);
  });

  it.each([-(2 ** 31), 2 ** 31 - 1, 0])('takes %i as an int32', (status) => {
    expect(messages(contract, 400, { status })).toEqual([]);
  });

  it.each([-(2 ** 31) - 1, 2 ** 31, 1e300])('refuses %d as an int32', (status) => {
    expect(messages(contract, 400, { status })).toEqual([
      '/status must be a whole number from -2147483648 to 2147483647',
    ]);
  });

  it.each([
    id,
    id.toUpperCase(),
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ])('takes %s as a UUID', (sessionId) => {
    expect(messages(contract, 200, { sessionId })).toEqual([]);
  });

  it.each([
    `urn:uuid:${id}`,
    `{${id}}`,
    id.replaceAll('-', ''),
    ` ${id}`,
    `${id}\n`,
    `${id}0`,
    id.replace('f', 'g'),
    '',
  ])('refuses %j as a UUID', (sessionId) => {
    expect(messages(contract, 200, { sessionId })).toEqual([
      '/sessionId must be a UUID of 8-4-4-4-12 hexadecimal digits',
    ]);
  });

  it.each([{ body: null }, { body: [] }, { body: 'Cancelled' }, { body: 5 }])(
    'refuses $body as a body',
    ({ body }) => {
      expect(messages(contract, 200, body)).toEqual([' must be an object']);
    },
  );

  it('never cuts a long text, which could hold a token, but tells its length', () => {
    const [violation] = contract.validate(200, 'application/json', { status: 'x'.repeat(900) });
    expect(violation?.actual).toBe('a string of 900 characters');
  });

  it('lists twenty violations at most', () => {
    const body = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`m${index}`, index]));
    expect(messages(contract, 200, body)).toHaveLength(20);
  });

  it('judges the second body as it would have judged the first', () => {
    expect(messages(contract, 200, { status: 5 })).toHaveLength(1);
    expect(messages(contract, 200, cancelled)).toEqual([]);
  });
});

describe('a schema', () => {
  it('that is nullable with an enum allows null only where the enum names it', () => {
    expect(judge('{ type: string, nullable: true, enum: [a] }', null)).toEqual([' must be "a"']);
    expect(judge('{ type: string, nullable: true, enum: [a, null] }', null)).toEqual([]);
    expect(judge('{ type: string, enum: [a, null] }', null)).toEqual([' must be a string']);
  });

  it('that is nullable without a type is as it would be without nullable', () => {
    expect(judge('{ nullable: true, enum: [a] }', null)).toEqual([' must be "a"']);
    expect(judge('{ nullable: true }', null)).toEqual([]);
  });

  it('is ignored beside a $ref', () => {
    expect(judge("{ $ref: '#/components/schemas/Text', nullable: true, maxLength: 1 }", 'ab')).toEqual([]);
    expect(judge("{ $ref: '#/components/schemas/Text', nullable: true }", null)).toEqual([
      ' must be a string',
    ]);
  });

  it('may be recursive through members and items', () => {
    const node =
      "    Node: { type: object, properties: { kids: { type: array, items: { $ref: '#/components/schemas/Node' } } }, additionalProperties: false }";
    const ref = "{ $ref: '#/components/schemas/Node' }";
    expect(judge(ref, { kids: [{ kids: [] }, {}] }, node)).toEqual([]);
    expect(judge(ref, { kids: [{ kids: [{ name: 1 }] }] }, node)).toEqual([
      '/kids/0/kids/0/name must not be there',
    ]);
  });

  it('may be referred to through other references, with escapes', () => {
    const chain = `    Alias: { $ref: '#/components/schemas/a~1b%20c' }\n    'a/b c': { type: integer }`;
    expect(judge("{ $ref: '#/components/schemas/Alias' }", 'x', chain)).toEqual([' must be a whole number']);
  });

  it('of additional members judges every one that is not declared', () => {
    const schema = '{ properties: { a: { type: integer } }, additionalProperties: { type: string } }';
    expect(judge(schema, { a: 1, b: 'x' })).toEqual([]);
    expect(judge(schema, { a: 'x', b: 1 })).toEqual(['/b must be a string', '/a must be a whole number']);
  });

  it('may have exclusive limits in the manner of OpenAPI', () => {
    const schema =
      '{ type: number, minimum: 0, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false }';
    expect([0, 0.1, 5, 5.1].map((value) => judge(schema, value))).toEqual([
      [' must be > 0'],
      [],
      [],
      [' must be <= 5'],
    ]);
  });

  it('may require members, but none that only requests have', () => {
    const schema = '{ required: [a, b, toString], properties: { b: { writeOnly: true } } }';
    expect(judge(schema, {})).toEqual(['/a must be there', '/toString must be there']);
  });

  it('may be made of others', () => {
    const schema =
      "{ oneOf: [{ type: integer }, { $ref: '#/components/schemas/Text' }], not: { enum: [5] } }";
    expect(judge(schema, 4)).toEqual([]);
    expect(judge(schema, 5)).toEqual([' must NOT be valid']);
    expect(judge(schema, true)).toContain(' must match exactly one schema in oneOf');
  });

  it('may carry what only describes', () => {
    const schema =
      '{ type: string, title: t, description: d, default: 1, example: { type: 5 }, deprecated: true, readOnly: true, ' +
      'writeOnly: false, xml: { name: n }, externalDocs: { url: u }, discriminator: { propertyName: p }, x-any: [1] }';
    expect(judge(schema, 'x')).toEqual([]);
  });

  it('of a format that is not checked is held to its type', () => {
    expect(judge('{ type: string, format: shoe-size }', 'x')).toEqual([]);
    expect(judge('{ type: string, format: date-time }', 'today')).toEqual([
      ' must be a value of format date-time',
    ]);
  });

  it('may have a pattern of ECMA-262 edition 5.1', () => {
    expect(judge("{ type: string, pattern: '^\\-{1}[\\w-.]$' }", '-a')).toEqual([]);
  });

  it('may declare a member called __proto__', () => {
    const schema = '{ properties: { __proto__: { type: string } }, additionalProperties: false }';
    expect(judge(schema, JSON.parse('{ "__proto__": "x" }'))).toEqual([]);
    expect(judge(schema, JSON.parse('{ "__proto__": 5 }'))).toEqual(['/__proto__ must be a string']);
    expect(Object.hasOwn(Object.prototype, 'type')).toBe(false);
  });
});

describe('another revision', () => {
  const responses = (text: string, schemas = '') =>
    withSchema('{}', schemas).replace(/responses:\n[\s\S]*(?=components:)/, `responses:\n${text}\n`);
  const response = (key: string, type: string) =>
    `        ${key}: { description: d, content: { '${type}': { schema: { type: string } } } }`;

  it('may declare ranges of statuses, of which an exact one goes first', () => {
    const text = `${response("'404'", 'text/json')}\n${response('4XX', 'text/plain')}`;
    const contract = loadContract(write(responses(text)));
    expect(contract.statuses).toEqual(Array.from({ length: 100 }, (_, index) => 400 + index));
    expect([404, 405, 500].map((status) => contract.mediaTypes(status))).toEqual([
      ['text/json'],
      ['text/plain'],
      [],
    ]);
  });

  it('may declare a default', () => {
    const contract = loadContract(write(responses(response('default', 'text/json'))));
    expect([contract.statuses[0], contract.statuses.at(-1)]).toEqual([200, 599]);
    expect(contract.validate(503, 'text/json', 5)).toHaveLength(1);
  });

  it('may declare a range of media types', () => {
    const contract = loadContract(write(responses(response('200', 'Text/*'))));
    expect(contract.mediaTypes(200)).toEqual(['text/*']);
    expect(contract.validate(200, 'text/json', 5)).toHaveLength(1);
    expect(contract.validate(200, 'application/json', 5)).toEqual([]);
  });

  it('may refer to a response, and declare a status without a body', () => {
    const text = "        '200': { $ref: '#/components/responses/Ok' }\n        '204': { description: d }";
    const ok = `  responses:\n${response('Ok', 'text/json')}`;
    const contract = loadContract(write(responses(text, ok)));
    expect(contract.statuses).toEqual([200, 204]);
    expect([200, 204].map((status) => contract.mediaTypes(status))).toEqual([['text/json'], []]);
    expect(contract.validate(200, 'text/json', 5)).toHaveLength(1);
  });

  it('may move the operation, which keeps its operationId', () => {
    const other = '  /other/{sessionId}/cancel: { post: { responses: { 200: { description: d } } } }\n';
    const named = withSchema('{}').replace('post:', 'post:\n      operationId: CancelSession');
    const contract = loadContract(
      write(
        named
          .replace('/s/{sessionId}/cancel', '/v3/{sessionId}/stop')
          .replace('paths:\n', `paths:\n${other}`),
      ),
    );
    expect(contract.pathTemplate).toBe('/v3/{sessionId}/stop');
  });

  it('may be JSON', () => {
    const document = {
      openapi: '3.0.3',
      info: { title: 'J', version: '1' },
      paths: { '/{sessionId}/cancel': { post: { responses: { 200: { description: 'd' } } } } },
    };
    expect(loadContract(write(JSON.stringify(document, null, 2))).statuses).toEqual([200]);
  });
});

describe('a broken contract', () => {
  /** The line at fault ends in `# here`. */
  const broken: readonly (readonly [kind: string, text: string, pointer: string, words: string])[] = [
    ['that is no YAML', 'openapi: 3.0.1\na: ] # here\nb: 1\n', '', 'not valid YAML'],
    [
      'with a key named twice',
      'openapi: 3.0.1\nopenapi: 3.0.1 # here\n',
      '',
      'not valid YAML: Map keys must be unique',
    ],
    [
      'of OpenAPI 3.1',
      'info: {}\nopenapi: 3.1.0 # here\n',
      '/openapi',
      'not OpenAPI 3.0.x: it says openapi: "3.1.0"',
    ],
    ['that is no OpenAPI', '{} # here', '/openapi', 'it has no member "openapi"'],
    ['that is empty', '# here', '/openapi', 'it has no member "openapi"'],
    ['without paths', 'openapi: 3.0.1 # here', '/paths', 'must be an object, not nothing'],
    [
      'without the operation',
      'openapi: 3.0.1\npaths: {} # here',
      '/paths',
      'no POST with the operationId CancelSession',
    ],
    [
      'with the operation twice',
      "openapi: 3.0.1\npaths: # here\n  '/a/{sessionId}/cancel': { post: {} }\n  '/b/{sessionId}/cancel': { post: {} }\n",
      '/paths',
      '2 times a POST',
    ],
    [
      'whose path has another parameter',
      withSchema('{}').replace('/s/{sessionId}/cancel:', '/s/{id}/cancel: # here'),
      '/paths/~1s~1{id}~1cancel',
      'must hold {sessionId}',
    ],
    [
      'with something else than a status',
      withSchema('{}').replace("'200':", "'2000': # here"),
      '/paths/~1s~1{sessionId}~1cancel/post/responses/2000',
      '"2000" is neither a status nor a range',
    ],
    [
      'with a media type declared twice',
      withSchema('{}\n            application/JSON; v=2: {} # here'),
      '/paths/~1s~1{sessionId}~1cancel/post/responses/200/content/application~1JSON; v=2',
      'application/json is declared twice',
    ],
    [
      'with a version that is no string',
      withSchema('{}').replace(
        'info: { title: Test, version: v1 }',
        'info:\n  title: Test\n  version: 1.0 # here',
      ),
      '/info/version',
      'must be a string, not 1',
    ],
    [
      'with a $ref that leads nowhere',
      withSchema("{ $ref: '#/components/schemas/Gone' } # here"),
      '/paths/~1s~1{sessionId}~1cancel/post/responses/200/content/application~1json/schema/$ref',
      'the $ref "#/components/schemas/Gone" leads nowhere',
    ],
    [
      'with a $ref into a prototype',
      withSchema("{ $ref: '#/components/schemas/constructor' } # here"),
      '/paths/~1s~1{sessionId}~1cancel/post/responses/200/content/application~1json/schema/$ref',
      'leads nowhere',
    ],
    ...["'other.yaml#/Text'", "'https://example.com/a.yaml'", "'#Text'", "'#/%zz'"].map(
      (ref) =>
        [
          `with the remote or odd $ref ${ref}`,
          withSchema(`{ $ref: ${ref} } # here`),
          '/paths/~1s~1{sessionId}~1cancel/post/responses/200/content/application~1json/schema/$ref',
          'is not a JSON pointer into this file',
        ] as const,
    ),
    [
      'with references in a circle',
      withSchema(
        "{ $ref: '#/components/schemas/A' }",
        "    A: { $ref: '#/components/schemas/B' } # here\n    B: { $ref: '#/components/schemas/A' }",
      ),
      '/components/schemas/A',
      'the reference leads back to itself',
    ],
    [
      'with a schema made of itself',
      withSchema(
        "{ $ref: '#/components/schemas/A' }",
        "    A: { allOf: [{ type: object }, { $ref: '#/components/schemas/A' }] } # here",
      ),
      '/components/schemas/A',
      'the schema refers back to itself',
    ],
    [
      'with an unknown keyword on a line of its own',
      withSchema(
        "{ $ref: '#/components/schemas/A' }",
        '    A:\n      type: string\n      minLenght: 1 # here\n      maxLength: 2',
      ),
      '/components/schemas/A/minLenght',
      '"minLenght" is no keyword of an OpenAPI 3.0 schema',
    ],
    ...[
      ['{ const: 1 }', 'const', '"const" is no keyword'],
      ['{ constructor: 1 }', 'constructor', '"constructor" is no keyword'],
      ['{ __proto__: { type: string } }', '__proto__', '"__proto__" is no keyword'],
      [
        "{ type: [string, 'null'] }",
        'type',
        '"type" must be one of boolean, integer, number, string, array, object, not an array of 2 items',
      ],
      ['{ type: text }', 'type', 'not "text"'],
      ['{ minLength: -1 }', 'minLength', '"minLength" must be a whole number from 0, not -1'],
      ["{ nullable: 'yes' }", 'nullable', '"nullable" must be true or false, not "yes"'],
      ['{ enum: [] }', 'enum', '"enum" must be a list of values'],
      ['{ required: true }', 'required', '"required" must be a list of names'],
      ["{ pattern: '(' }", 'pattern', '"pattern" must be a regular expression'],
      ['{ maximum: ten }', 'maximum', '"maximum" must be a number'],
      ['{ properties: [a] }', 'properties', '"properties" must be an object of schemas'],
      ['{ allOf: {} }', 'allOf', '"allOf" must be a list of schemas'],
      ['{ items: string }', 'items', 'must be an object, not "string"'],
    ].map(
      ([schema = '', keyword = '', words = '']) =>
        [
          `with the schema ${schema}`,
          withSchema(
            "{ $ref: '#/components/schemas/A' }",
            `    A: { properties: { a/b: ${schema} } } # here`,
          ),
          `/components/schemas/A/properties/a~1b/${keyword}`,
          words,
        ] as const,
    ),
  ];

  it.each(broken)('%s is refused with its line and pointer', (_, text, pointer, words) => {
    const file = write(text);
    const error = refusal(file);
    const line = text.split('\n').findIndex((candidate) => candidate.includes('# here')) + 1;
    expect({ file: error.file, pointer: error.pointer, line: error.line }).toEqual({ file, pointer, line });
    expect(error.sentence).toContain(words);
    expect(error.sentence.startsWith(`${file}:${line}: `)).toBe(true);
    expect(error.sentence).toContain(pointer === '' ? file : `(at #${pointer}).`);
    expect(error.hint).not.toBe('');
  });

  it('that is not there or cannot be read is refused without a line', () => {
    const missing = refusal(join(folder, 'none.yaml'));
    expect(missing).toBeInstanceOf(UserError);
    expect(missing.sentence).toBe(`${join(folder, 'none.yaml')}: there is no such file.`);
    expect(missing.line).toBeUndefined();
    expect(refusal(folder).sentence).toContain('the file cannot be read');
  });

  it.each([
    ['is not UTF-8', Uint8Array.of(0x61, 0xff)],
    ['is nested without end', '['.repeat(50_000)],
    [
      'unfolds its aliases without end',
      `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [${'*a,'.repeat(9)}]\nc: [${'*b,'.repeat(99)}]`,
    ],
    ['uses an alias that is not there', 'a: *b'],
  ])('that %s is refused', (_, text) => {
    expect(refusal(write(text)).sentence).toMatch(/not readable as YAML|not valid YAML/);
  });

  it('whose alias stands inside its own anchor is refused', () => {
    const text = withSchema(
      "{ $ref: '#/components/schemas/A' }",
      '    A: &a { properties: { x: *a, y: *a } }',
    );
    expect(refusal(write(text)).sentence).toContain('nested deeper than 200 levels');
  });
});
