import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { compareVerdicts } from './comparison.js';
import { comparisonAsMarkdown, comparisonAsText } from './comparison-words.js';
import { bad, good, hostileVerdict } from './sample-verdicts.test.helper.js';
import type { Verdict } from './verdict.js';

const screen = { width: 80, colours: false };

function observing(values: Readonly<Record<string, string>>): Verdict {
  return { ...good, observations: Object.entries(values).map(([id, value]) => ({ id, value })) };
}

describe('comparing', () => {
  it('finds a verdict the same as itself, whatever its times', () => {
    const slower = good.measurements?.responseTimes.map((one) => ({ ...one, medianMs: 900 })) ?? [];
    const course = { binMs: 50, bins: [] };
    const comparison = compareVerdicts(good, { ...good, measurements: { responseTimes: slower, course } });
    expect(comparison).toMatchObject({ same: true, requirements: [], choices: [], onlyInA: [], onlyInB: [] });
    expect(comparison.times).toEqual([{ operation: 'cancel', status: 200, a: 4, b: 900 }]);
    expect(comparisonAsText(comparison, screen)).toContain('The same in');
  });

  it('names the requirements that one alone keeps, a waived one too', () => {
    const comparison = compareVerdicts(good, bad);
    expect(comparison.requirements.map(({ id, a, b }) => [id, a, b])).toEqual([
      ['cancel.twice', 'pass', 'fail'],
      ['token.challenge', 'pass', 'fail'],
    ]);
    const waived = bad.requirements.map((one) =>
      one.status === 'fail' ? { ...one, status: 'waived' as const } : one,
    );
    expect(compareVerdicts(bad, { ...bad, requirements: waived }).same).toBe(true);
    expect(compareVerdicts(good, { ...bad, requirements: waived }).same).toBe(false);
  });

  it('names the choices that differ, with an exchange of each side', () => {
    const other = good.observations.map((one) =>
      one.id === 'headers.401/www-authenticate' ? { ...one, value: '"Basic"' } : one,
    );
    const { choices, same } = compareVerdicts(good, { ...good, observations: other });
    expect(same).toBe(false);
    expect(choices).toMatchObject([
      {
        id: 'headers.401/www-authenticate',
        a: '"Bearer"',
        b: '"Basic"',
        examples: { a: good.observations[1]?.example, b: good.observations[1]?.example },
      },
    ]);
  });

  it('holds nothing against what one alone was asked', () => {
    const { same, onlyInA, onlyInB } = compareVerdicts(
      observing({ framing: 'chunks', 'request.query': '200', 'headers.401/via': '"x"' }),
      observing({ framing: 'chunks', 'foreign-session': '401' }),
    );
    expect({ same, onlyInA, onlyInB }).toEqual({
      same: true,
      onlyInA: ['request.query'],
      onlyInB: ['foreign-session'],
    });
  });

  it('says where the questions were not the same', () => {
    expect(compareVerdicts(good, { ...good, seed: 43 }).notes).toHaveLength(1);
    expect(compareVerdicts(good, good).notes).toEqual([]);
  });

  it.each([
    ['was not judged to its end', { verdict: 'inconclusive' as const, reason: 'It was cut off.' }],
    ['knows no choices', { observations: [] }],
  ])('cannot compare what %s', (_, other) => {
    expect(() => compareVerdicts(good, { ...good, ...other })).toThrow(/^B /);
  });

  it('shows hostile text as text', () => {
    const comparison = compareVerdicts(good, hostileVerdict());
    const text = comparisonAsText(comparison, screen);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    const page = new MarkdownIt({ html: true }).render(comparisonAsMarkdown(comparison));
    expect(page).not.toMatch(/<(?:script|img)/);
  });
});
