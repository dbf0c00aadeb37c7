/** Faults that unusual Authorization headers bring out. */

import { problemAnswer } from '../answers.js';
import { type Change, type Condition, when } from '../behaviour.js';
import { crashes, fault, inCancel, instantly, ownersToken } from './define.js';

const odd = 'token.odd-header';
const broken = [odd, 'answer.status'];

const withLineLike =
  (pattern: RegExp): Condition =>
  (call) =>
    pattern.test(call.request.authorization[0] ?? '');

const withLongLine: Condition = (call) => (call.request.authorization[0] ?? '').length > 8_000;
const withTwoLines: Condition = (call) => call.request.authorization.length > 1;

const severalSpaces = withLineLike(/^\S+ {2,}/);
const withTab = withLineLike(/^\S+ *\t/);

/** What is unusual is taken for the session owner's. */
const accepts = (condition: Condition): Change =>
  inCancel(
    'authenticate',
    when(condition, async (call, _lines, ordinary) => (await ordinary()) ?? ownersToken(call)),
  );

export const tokenHeaderFaults = [
  fault(
    'token-header.spaces-500',
    broken,
    'Several spaces behind the scheme are answered 500.',
    crashes(severalSpaces),
  ),
  fault(
    'token-header.spaces-accepted',
    odd,
    'With several spaces behind the scheme any token is accepted.',
    accepts(severalSpaces),
  ),
  fault('token-header.tab-500', broken, 'A tab behind the scheme is answered 500.', crashes(withTab)),
  fault(
    'token-header.tab-accepted',
    odd,
    'With a tab behind the scheme any token is accepted.',
    accepts(withTab),
  ),
  fault('token-header.two-500', broken, 'Two Authorization lines are answered 500.', crashes(withTwoLines)),
  fault(
    'token-header.two-accepted',
    odd,
    'Two Authorization lines are accepted, whatever they hold.',
    accepts(withTwoLines),
  ),
  fault(
    'token-header.long-500',
    broken,
    'An Authorization header over 8,000 characters is answered 500.',
    crashes(withLongLine),
  ),
  fault(
    'token-header.long-accepted',
    odd,
    'An Authorization header over 8,000 characters is accepted, whatever it holds.',
    accepts(withLongLine),
  ),
  fault(
    'token-header.long-502',
    broken,
    'An Authorization header over 8,000 characters is answered 502, as of a proxy whose upstream gave up.',
    instantly(withLongLine, () => problemAnswer(502, 'Bad gateway')),
  ),
  fault(
    'token-header.long-unanswered',
    [odd, 'answer.received'],
    'An Authorization header over 8,000 characters is never answered.',
    inCancel(
      'send',
      when(withLongLine, () => undefined),
    ),
  ),
  fault(
    'token-header.scheme-alone-500',
    ['token.malformed', 'answer.status'],
    'A scheme with no token is answered 500.',
    crashes(withLineLike(/^\S+\s*$/)),
  ),
  fault(
    'token-header.bad-base64-500',
    ['token.altered', 'token.invalid', 'answer.status'],
    'A token with characters outside of base64url is answered 500.',
    crashes(withLineLike(/^Bearer +.*[^\w=.~+/-]/i)),
  ),
  fault(
    'token-header.bad-jwt-500',
    ['token.invalid', 'answer.status'],
    'A token with dots in it that is no JWT of ours is answered 500.',
    crashes(withLineLike(/^Bearer +[^.]+\.[^.]*\./i)),
  ),
  fault(
    'token-header.same-line-twice-500',
    [odd, 'answer.status'],
    'The same Authorization line twice is answered 500.',
    crashes(
      ({ request: { authorization } }) => authorization.length === 2 && authorization[0] === authorization[1],
    ),
  ),
];
