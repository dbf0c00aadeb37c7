import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { screenOf } from '../cli/output.js';
import { wrap } from './plain-text.js';
import { bad, hostileVerdict } from './sample-verdicts.test.helper.js';
import { closing, summary } from './terminal.js';
import { exchangeLine } from './terminal-exchange.js';

const directions = {
  folder: 'conformance-report',
  again: 'cancel-conformance run --target https://sandbox.example.com',
};
const ESCAPE = '\u001b';

describe('the summary', () => {
  it.each([60, 80, 120])('is as it was seen to be good, at %i columns', async (width) => {
    const text = summary(bad, { width, colours: false }, directions);
    await expect(text).toMatchFileSnapshot(`golden/summary-${width}.txt`);
    const prose = text.split('\n').filter((line) => !/^ {2}(see|replay) /.test(line));
    for (const line of prose) expect(stringWidth(line)).toBeLessThanOrEqual(width);
  });

  it('is the same with colours, but for them', () => {
    const [plain, coloured] = [false, true].map((colours) =>
      summary(bad, { width: 80, colours }, directions),
    );
    expect(coloured).toContain(ESCAPE);
    expect(stripVTControlCharacters(coloured ?? '')).toBe(plain);
  });

  it('lets nothing of a target act on the terminal', () => {
    const hostile = hostileVerdict();
    const again = hostile.again ?? '';
    const text = summary(hostile, { width: 80, colours: false }, { ...directions, again });
    expect(text).not.toContain(ESCAPE);
  });

  it('is the last line alone where nobody asked for more', () => {
    const text = closing(bad, directions, { width: 120, colours: false });
    expect(text).toBe(
      'nonconformant, exit status 1. Open conformance-report/report.html; programs read verdict.json beside it.\n',
    );
  });

  it('counts letters that take two columns', () => {
    expect(wrap('漢字漢字 漢字漢字', 12)).toEqual(['漢字漢字', '漢字漢字']);
  });
});

describe('an exchange in a line', () => {
  it('says what was asked and what came, without a secret', () => {
    const exchange = {
      number: 12,
      operation: 'cancel' as const,
      request: { method: 'POST', path: '/cancel?access_token=open-sesame\u001b', headers: [], body: null },
      response: { status: 400, headers: [], body: new Uint8Array(), undecoded: [] },
      failure: null,
      startedAt: 0,
      durationMs: 3.21,
      circumstances: {},
      curlAuthorization: '',
      session: null,
      meant: null,
      sentId: null,
    };
    expect(exchangeLine(exchange, (text) => text.replace('open-sesame', '‹secret›'), false)).toBe(
      '   12 cancel    POST /cancel?access_token=‹secret›\\u001b 400 3.2 ms',
    );
  });
});

describe('a screen', () => {
  const terminal = { isTTY: true, columns: 90 };
  const file = { isTTY: false, columns: 0 };

  it.each([
    ['a terminal', terminal, {}, true],
    ['a file', file, {}, false],
    ['a terminal that knows none', terminal, { TERM: 'dumb' }, false],
    ['NO_COLOR', terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['an empty NO_COLOR', terminal, { NO_COLOR: '' }, true],
    ['FORCE_COLOR', file, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false],
  ])('has colours as they are wanted: %s', (_, stream, env, colours) => {
    expect(screenOf(stream, env).colours).toBe(colours);
  });

  it('is as wide as the terminal, within what can be read', () => {
    expect(screenOf(terminal, {}).width).toBe(90);
    expect(screenOf({ isTTY: true, columns: 20 }, {}).width).toBe(60);
    expect(screenOf({ isTTY: true, columns: 400 }, {}).width).toBe(120);
    expect(screenOf(file, {}).width).toBe(100);
  });
});
