import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { isObject } from '../spec/json-pointer.js';
import { packageRoot } from '../spec/package-root.js';
import { annotations, tellGitHub } from './github.js';
import { harOf } from './har.js';
import { junitXml } from './junit.js';
import { summaryMarkdown } from './markdown.js';
import { readVerdict, verdictSchemaFile } from './read-verdict.js';
import { bad, exchange, good, hostileVerdict } from './sample-verdicts.test.helper.js';
import type { RecordedExchange } from './shown.js';
import { testResultStatement } from './test-result.js';
import type { Verdict } from './verdict.js';

const folder = () => mkdtempSync(join(tmpdir(), 'cancel-conformance-reports-'));
const inconclusive: Verdict = {
  ...good,
  verdict: 'inconclusive',
  exitCode: 2,
  reason: 'There is no connection.',
  requirements: [],
};
const verdicts: readonly (readonly [string, Verdict])[] = [
  ['a good', good],
  ['a bad', bad],
  ['a strict', { ...bad, strict: true }],
  ['an inconclusive', inconclusive],
  ['a hostile', hostileVerdict()],
];

describe('junit.xml', () => {
  const xsd = readFileSync(join(packageRoot, 'tests', 'schemas', 'jenkins-junit.xsd'), 'utf8');

  it.each(verdicts)('is valid for %s verdict', async (_, verdict) => {
    const { errors } = await validateXML({
      xml: [{ fileName: 'junit.xml', contents: junitXml(verdict) }],
      schema: [{ fileName: 'junit.xsd', contents: xsd }],
      maxMemoryPages: 4096,
    });
    expect(errors).toEqual([]);
  });

  it('is as red as the verdict', () => {
    expect(junitXml(good)).not.toMatch(/<failure|<error/);
    expect(junitXml(bad).match(/<failure/g)).toHaveLength(1);
    expect(junitXml({ ...bad, strict: true }).match(/<failure/g)).toHaveLength(2);
    expect(junitXml(inconclusive)).toContain('<error message="There is no connection.">');
  });
});

it.each([
  ['junit.xml', junitXml],
  ['summary.md', summaryMarkdown],
])('in %s the lines of a script stay lines', (_, written) => {
  const findings = bad.findings.map((finding) => ({ ...finding, curl: 'TOKEN=abc\ncurl "$TOKEN"' }));
  expect(written({ ...bad, findings })).toMatch(/TOKEN=abc\ncurl /);
});

describe('exchanges.har', () => {
  const har: unknown = createRequire(import.meta.url)('har-schema');
  const ajv = ajvFormats.default(new Ajv({ strict: false, validateFormats: true }));
  if (!isObject(har)) throw new Error('har-schema exports no schemas.');
  // They name a draft that Ajv knows by another name.
  for (const { $schema: _, ...schema } of Object.values(har).filter(isObject)) ajv.addSchema(schema);
  const recorded = (url: string, more: Partial<RecordedExchange> = {}): RecordedExchange => ({
    number: 1,
    operation: 'cancel',
    ...exchange,
    request: { ...exchange.request, url },
    ...more,
  });

  it.each([
    ['an ordinary exchange', recorded(exchange.request.url)],
    ['a path that is no URI', recorded('https://sandbox.example.com/a b/%/"<ü\u0000\ud800#[/cancel?x=1&y')],
    ['no answer', recorded(exchange.request.url, { response: null, failure: 'no connection' })],
    ['a body', recorded(exchange.request.url, { request: { ...exchange.request, body: '{}' } })],
  ])('is HAR 1.2 for %s', (_, one) => {
    const written = harOf([one], good.tool);
    const validate = ajv.getSchema('har.json#');
    expect(validate?.(written), JSON.stringify(validate?.errors)).toBe(true);
  });
});

describe('verdict.json', () => {
  /** The schema as it would be if no member could be added, so that it names all that is written. */
  function closed(schema: unknown): unknown {
    if (Array.isArray(schema)) return schema.map(closed);
    if (!isObject(schema)) return schema;
    const members = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
    return isObject(schema['properties']) ? { ...members, additionalProperties: false } : members;
  }

  it.each(verdicts)('keeps its schema, which names every member, for %s verdict', (_, verdict) => {
    const schema = closed(JSON.parse(readFileSync(verdictSchemaFile, 'utf8')));
    if (!isObject(schema)) throw new Error('The schema is no object.');
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
    expect(validate(verdict), JSON.stringify(validate.errors)).toBe(true);
  });

  it('is read back from its folder and by its name', () => {
    const place = folder();
    writeFileSync(join(place, 'verdict.json'), JSON.stringify(bad));
    expect(readVerdict(place)).toEqual(bad);
    expect(readVerdict(join(place, 'verdict.json'))).toEqual(bad);
  });

  it.each([
    ['nothing', null, /cannot be read \(ENOENT\)/],
    ['no JSON', '{', /is not JSON/],
    ['something else', '{"schemaVersion":1}', /is no verdict/],
    ['a later schema', JSON.stringify({ ...good, schemaVersion: 2 }), /is no verdict \(\/schemaVersion/],
  ])('is refused by name where there is %s', (_, text, told) => {
    const place = folder();
    if (text !== null) writeFileSync(join(place, 'verdict.json'), text);
    expect(() => readVerdict(place)).toThrow(told);
  });
});

describe('test-result.intoto.json', () => {
  it('states the verdict over its bytes and the contract', () => {
    const statement = testResultStatement(bad, 'the bytes');
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
      subject: [
        { name: 'verdict.json', digest: { sha256: createHash('sha256').update('the bytes').digest('hex') } },
        { digest: { sha256: bad.contract.sha256 } },
      ],
      predicate: { result: 'FAILED', failedTests: ['cancel.twice'], warnedTests: ['token.challenge'] },
    });
  });

  it('passes, warns, and says nothing where nothing could be judged', () => {
    expect(testResultStatement(good, '')?.predicate.result).toBe('PASSED');
    const warned = {
      ...bad,
      verdict: 'conformant' as const,
      requirements: bad.requirements.filter(({ id }) => id !== 'cancel.twice'),
    };
    expect(testResultStatement(warned, '')?.predicate.result).toBe('WARNED');
    expect(testResultStatement(inconclusive, '')).toBeNull();
  });
});

describe('summary.md', () => {
  it('says what is broken and how to see it', () => {
    const text = summaryMarkdown(bad);
    expect(text).toContain('Nonconformant: 1 must is broken.');
    expect(text).toContain('- Expected: `400`');
    expect(text).toContain('curl -i --path-as-is');
    expect(text).toContain("--replay 'cancel.twice in any manner@42'");
  });

  it('fits a comment and stays inert, however hostile a verdict is', () => {
    const text = summaryMarkdown(hostileVerdict());
    expect(text.length).toBeLessThan(65_536);
    const html = new MarkdownIt({ html: true }).render(text);
    expect(html).toContain('<details>');
    expect(html).not.toMatch(/<(script|img)/);
  });
});

describe('on GitHub Actions', () => {
  it('annotates what is broken, a line each', () => {
    const lines = annotations(bad).trimEnd().split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^::error title=must cancel\.twice::A session .* Expected 400, got 200\.$/),
      expect.stringMatching(/^::warning title=should token\.challenge::/),
    ]);
  });

  it('lets no text of a target begin a command of its own', () => {
    for (const line of annotations(hostileVerdict()).trimEnd().split('\n')) {
      expect(line).toMatch(/^::(error|warning) title=[^:,]*::/);
    }
  });

  it('writes the summary of the job, and does nothing elsewhere', () => {
    const file = join(folder(), 'summary');
    appendFileSync(file, 'before\n');
    let told = '';
    const write = (text: string) => {
      told += text;
    };
    tellGitHub(bad, { GITHUB_STEP_SUMMARY: file }, write);
    expect(told).toBe('');
    tellGitHub(bad, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file }, write);
    expect(told).toContain('::error');
    expect(readFileSync(file, 'utf8')).toBe(`before\n${summaryMarkdown(bad)}`);
  });
});
