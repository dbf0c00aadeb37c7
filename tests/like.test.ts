/** The double of a service: what was judged, imitated and judged again shows no difference. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { likenessOf } from '../mock/like/index.js';
import { compareVerdicts } from '../reports/comparison.js';
import { good } from '../reports/sample-verdicts.test.helper.js';
import type { Verdict } from '../reports/verdict.js';
import { command, commandProcess, emptyFolder } from './command.js';
import { judgedMock } from './likeness.js';

/** A service that takes the other way in almost every choice. */
const UNUSUAL = {
  success: 'statusDetails, status, sessionId, referenceId',
  'success/statusDetails': '"Closed at {time}"',
  'success.no-reference': 'absent',
  'success.session-id': 'upper case',
  'problem.cancelled': 'detail, status, traceId, errors',
  'problem.cancelled/detail': '"{sessionId} is closed"',
  'problem.cancelled/status': '400',
  'problem.cancelled/traceId': '"{hex}"',
  'problem.cancelled/errors': '{"sessionId":["closed"]}',
  'problem.no-token': 'none',
  'foreign-session': '401',
  'id.malformed.no-token': '400',
  'accept.none': 'text/json',
  'accept.any': 'text/plain',
  'accept.unacceptable': '406, text/html',
  'content-type.text-plain': 'text/plain; charset=utf-16le',
  'content-type.application-json': 'Application/JSON',
  'content-coding': 'gzip',
  'json.white-space': 'indented by 2 spaces',
  'json.whole-numbers': 'with a fraction of 0',
  framing: 'chunks',
  'headers.200': 'date, x-request-id',
  'headers.200/x-request-id': 'varies (string)',
  'headers.401': 'www-authenticate',
  'headers.401/www-authenticate': '["DPoP algs=\\"ES256\\"","Bearer"]',
  'id.odd.encoded': '404, text/plain',
  'method.put': '404, no body',
  'request.body.form.cancelled': '415',
  'initiate.status': '200',
  'initiate.no-reference': 'made up',
  'initiate.session-id': 'upper case',
  'token.format': 'a JWT, 240 characters',
  'token.lifetime': '120 seconds',
  'token.type': 'Bearer',
  'details.answer': '404, application/json',
};

const observationsOf = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([id, value]) => ({ id, value }));

const valuesOf = ({ observations }: Verdict) =>
  Object.fromEntries(observations.map(({ id, value }) => [id, value]));

describe('a mock like a service', () => {
  it('makes the choices that were observed, and keeps the contract', async () => {
    const verdict = await judgedMock({ like: observationsOf(UNUSUAL) });
    expect(valuesOf(verdict)).toMatchObject({
      ...UNUSUAL,
      // Initiate answers upper case as well.
      'success.session-id': 'as Initiate answered it',
    });
    expect(verdict).toMatchObject({ verdict: 'conformant', findings: [] });
  });

  // The whole catalogue is tried by `npm run like`.
  it.each(['problem.more-members', 'media.default-text-plain'])(
    'is not to be told from %s',
    async (variant) => {
      const original = await judgedMock({ variant });
      const comparison = compareVerdicts(original, await judgedMock({ like: original.observations }));
      expect(comparison).toMatchObject({ requirements: [], choices: [], onlyInA: [], onlyInB: [] });
    },
  );

  it('says what it cannot imitate, and breaks no contract for it', () => {
    const { notImitated } = likenessOf([
      { id: 'foreign-session', value: '200' },
      { id: 'content-coding', value: 'gzip; none' },
      { id: 'token.lifetime', value: 'varies' },
      { id: 'id.odd.encoded', value: '500, text/html' },
      { id: 'headers.200', value: 'x-a\nb' },
      { id: 'initiate', value: 'sessionId, referenceId, redirectUrl' },
      { id: 'of.another.version', value: 'yes' },
      { id: 'framing', value: 'chunks' },
    ]);
    expect(notImitated.map((sentence) => sentence.split(' ', 1).join()).sort()).toEqual([
      'content-coding',
      'foreign-session',
      'headers.200/',
      'id.odd.encoded',
      'initiate',
      'of.another.version',
      'token.lifetime',
    ]);
  });
});

describe('mock --like', () => {
  it.each([
    ['where nothing was observed', { ...good, observations: [] }, [], 'no observations'],
    ['beside a variant', good, ['--variant', 'details.null'], '--variant'],
  ])('is refused %s', async (_, verdict, more, told) => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'verdict.json'), JSON.stringify(verdict));
    const { status, stderr } = await command(['mock', '--like', 'verdict.json', ...more], { folder });
    expect(stderr).toContain(told);
    expect(status).toBe(2);
  });

  it('says when it begins what it does not imitate', async () => {
    const folder = emptyFolder();
    const observations = [...good.observations, { id: 'token.lifetime', value: 'varies' }];
    writeFileSync(join(folder, 'verdict.json'), JSON.stringify({ ...good, observations }));
    const { stdout, status } = await commandProcess(['mock', '--port', '0', '--like', 'verdict.json'], {
      folder,
      begun: (child) => void child.stdout?.once('data', () => child.kill('SIGINT')),
    });
    expect(stdout).toContain('Not imitated:\n  token.lifetime (varies)');
    expect(status).toBe(0);
  });
});
