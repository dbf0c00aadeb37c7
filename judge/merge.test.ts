import { describe, expect, it } from 'vitest';
import { bad, finding, good, requirementsWith } from '../reports/sample-verdicts.test.helper.js';
import type { Verdict } from '../reports/verdict.js';
import { NO_CHECK_MADE, takes } from '../spec/reasons.js';
import { mergeVerdicts } from './merge.js';

const status = (verdict: Verdict, wanted: string) => verdict.requirements.find(({ id }) => id === wanted);

describe('merging', () => {
  it('is nonconformant where one part is, and counts what all have asked', () => {
    const merged = mergeVerdicts([good, bad, bad]);
    expect(merged).toMatchObject({ verdict: 'nonconformant', exitCode: 1, reason: null, exchanges: 3 * 541 });
    expect(status(merged, 'cancel.twice')).toMatchObject({ status: 'fail', checks: 36, failures: 6 });
    expect(merged.findings).toEqual([{ ...finding, occurrences: 6 }]);
    expect(merged.usage).toMatchObject({ sessions: 120, tokens: 126, throttled: 6 });
    expect(merged.measurements?.responseTimes).toMatchObject([{ count: 9, minMs: 1.2, maxMs: 9.5 }]);
  });

  it('tells what both parts observed, and what only one of them asked', () => {
    const observing = (...observations: Verdict['observations']): Verdict => ({ ...good, observations });
    const merged = mergeVerdicts([
      observing({ id: 'request.query', value: '200' }, { id: 'problem.unknown/detail', value: '"a"' }),
      observing({ id: 'framing', value: 'chunks' }, { id: 'problem.unknown/detail', value: '"b"' }),
      observing({ id: 'request.query', value: '400' }),
    ]);
    expect(merged.observations).toEqual([
      { id: 'framing', value: 'chunks' },
      { id: 'problem.unknown/detail', value: 'varies' },
      { id: 'request.query', value: '200; 400' },
    ]);
  });

  it('is checked where one part checked it, and keeps the reason that tells most where none did', () => {
    const silent = { 'cancel.success': 'not-checked', 'cancel.expired': 'not-checked' } as const;
    const part = { ...good, requirements: requirementsWith(silent) };
    const open = part.requirements.map((one) =>
      one.id === 'cancel.expired' ? { ...one, reason: NO_CHECK_MADE } : one,
    );
    const merged = mergeVerdicts([{ ...part, requirements: open }, good]);
    expect(status(merged, 'cancel.success')).toMatchObject({ status: 'pass', reason: null });
    expect(status(merged, 'cancel.expired')).toMatchObject({
      status: 'not-checked',
      reason: 'No session was supplied.',
    });
  });

  it('is no verdict on the service where a part did not finish', () => {
    const unfinished: Verdict = {
      ...good,
      verdict: 'inconclusive',
      exitCode: 2,
      reason: 'The run did not finish.',
      requirements: [],
    };
    expect(mergeVerdicts([unfinished, good])).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
    expect(mergeVerdicts([unfinished, bad])).toMatchObject({
      verdict: 'nonconformant',
      reason: 'The run did not finish.',
    });
    expect(mergeVerdicts([bad, { ...unfinished, exitCode: 130 }])).toMatchObject({
      verdict: 'inconclusive',
      exitCode: 130,
    });
  });

  it('does not mind a part that had nothing to check', () => {
    const idle: Verdict = {
      ...good,
      verdict: 'inconclusive',
      exitCode: 2,
      reason: 'Nothing could be checked. No session was supplied.',
      requirements: requirementsWith({}).map((one) => ({ ...one, status: 'not-checked', checks: 0 })),
    };
    expect(mergeVerdicts([idle, good])).toMatchObject({ verdict: 'conformant', exitCode: 0, reason: null });
    expect(mergeVerdicts([idle, idle])).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
  });

  it('lays nothing to a requirement that rests on one that another part found never to hold', () => {
    const never = good.requirements.map((one) =>
      one.id === 'cancel.success' ? { ...one, status: 'fail' as const, failures: 12 } : one,
    );
    const resting = { ...finding, requirement: 'cancel.lasting' };
    const part = {
      ...bad,
      requirements: requirementsWith({ 'cancel.lasting': 'fail', 'cancel.success': 'not-checked' }),
    };
    const merged = mergeVerdicts([
      { ...good, requirements: never },
      { ...part, findings: [resting] },
    ]);
    expect(status(merged, 'cancel.lasting')).toMatchObject({
      status: 'not-checked',
      reason: takes('cancel.success'),
    });
    expect(merged.findings).toEqual([]);
  });

  it.each([
    ['seed', { seed: 7 }],
    ['depth', { depth: 'deep' as const }],
    ['target', { target: { url: 'https://other.example.com', embedded: false, insecure: false } }],
    ['contract', { contract: { ...good.contract, sha256: 'other' } }],
  ])('refuses parts of runs with another %s', (name, other) => {
    expect(() => mergeVerdicts([good, { ...good, ...other }])).toThrow(`their ${name} differs`);
  });
});
