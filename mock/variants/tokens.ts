/** Variants of access tokens, and of who is let in with them. */

import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { html, problemAnswer } from '../answers.js';
import { type Change, type Condition, instead, type Outcome, when } from '../behaviour.js';
import { both, cameOut, toOperation, withClientId } from '../conditions.js';
import { render } from '../steps.js';
import { isExpired, opaqueToken, type Token } from '../tokens.js';
import { instantly, isAuthorizedCancel, isCancel, toCancel, variant } from './define.js';

const minted = (mint: () => string): Change => instead('mint', () => mint());

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const key = randomBytes(32);

/** Signed over the claims alone, so that the header may say what it likes. */
function jwt(claims: object): string {
  const payload = base64url({ jti: randomUUID(), ...claims });
  const signature = createHmac('sha256', key).update(payload).digest('base64url');
  return `${base64url({ alg: 'HS256', typ: 'JWT' })}.${payload}.${signature}`;
}

/** The bytes of the signature are compared, and not how they are written: its last character has bits to spare. */
const sameMeaning = (one: string, other: string): boolean => {
  const [, payload, signature = ''] = one.split('.');
  const [, otherPayload, otherSignature = ''] = other.split('.');
  return (
    payload === otherPayload &&
    Buffer.from(signature, 'base64url').equals(Buffer.from(otherSignature, 'base64url'))
  );
};

const hasLongHead: Condition = ({ request }) => request.path.length + request.headerLength() > 8100;

const hasLongUrl: Condition = ({ request: { path, query } }) => path.length + query.toString().length > 2000;

const readsJwt: Change = instead(
  'authenticate',
  async (call, lines, ordinary): Promise<Token | undefined> => {
    const exact = await ordinary();
    const value =
      lines.length === 1 ? /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(lines[0] ?? '')?.[1] : undefined;
    if (exact || value === undefined) return exact;
    return call.world.tokens.all().find((token) => !isExpired(token) && sameMeaning(token.value, value));
  },
);

/** A cancel that has come out so is answered as something else. */
const answersAs = (condition: Condition, outcome: Outcome): Change =>
  instead(
    'reply',
    when(both(toCancel, condition), (_call, _outcome, ordinary) => ordinary(outcome)),
  );

const oneSessionPerToken = instead('permit', (call, session) => call.token?.value === session.initiatedWith);

const idIsMalformed: Condition = async (call) => (await call.steps.readId(call, call.rawId)) === undefined;

const lineLike =
  (pattern: RegExp): Condition =>
  (call) =>
    pattern.test(call.request.authorization[0] ?? '');

const refused = (condition: Condition, code: number): Change =>
  instantly(both(isCancel, condition), () => problemAnswer(code, 'The Authorization header is refused'));

const letters = '~+/._-';

const ofFourKb: readonly Change[] = [minted(() => jwt({ roles: 'session.cancel '.repeat(195) })), readsJwt];

export const tokenVariants = [
  variant(
    'token.one-session',
    'A token may act on the session that it initiated and on no other, which is answered 400.',
    oneSessionPerToken,
  ),
  variant(
    'token.one-session-401',
    'A token may act on the session that it initiated and on no other, which is answered 401.',
    [oneSessionPerToken, answersAs(cameOut('foreign'), { kind: 'unauthorized' })],
  ),
  variant(
    'token.one-session-five-seconds',
    'A token lives five seconds, and may cancel the session that it initiated and no other.',
    oneSessionPerToken,
    { settings: { tokenSeconds: 5 } },
  ),
  variant('token.two-seconds', 'Tokens live two seconds.', [], { settings: { tokenSeconds: 2 } }),
  variant('token.ten-seconds', 'Tokens live ten seconds.', [], { settings: { tokenSeconds: 10 } }),
  variant('token.jwt', 'Tokens are JWTs, whose header is not looked at.', [
    minted(() => jwt({ iss: 'pay', scope: 'sessions' })),
    readsJwt,
  ]),
  variant(
    'token.jwt-exact',
    'Tokens are JWTs that are compared as text.',
    minted(() => jwt({ iss: 'pay' })),
  ),
  variant('token.4-kb', 'Tokens are JWTs of 4 KB.', ofFourKb),
  variant('token.long-url-414', 'Tokens are JWTs of 4 KB, and a URL over 2,000 characters is answered 414.', [
    ...ofFourKb,
    instantly(both(toCancel, hasLongUrl), () => problemAnswer(414, 'The URL is too long.')),
  ]),
  variant(
    'token.long-head-400',
    'Tokens are JWTs of 4 KB, and the parser refuses more than 8,100 characters of headers with 400 and a page.',
    [...ofFourKb, instantly(both(toCancel, hasLongHead), () => html(400, 'Request header is too large'))],
  ),
  variant(
    'token.signs',
    'Tokens hold the characters ~+/._- and end in =.',
    minted(() => `${letters}${opaqueToken()}${letters}==`),
  ),
  variant('token.padded', 'Tokens are base64 with padding, whose last character has bits to spare.', [
    minted(() => randomBytes(31).toString('base64')),
    instead('authenticate', async (call, lines, ordinary): Promise<Token | undefined> => {
      const value = lines.length === 1 ? /^Bearer +([\w+/]{42}==)$/i.exec(lines[0] ?? '')?.[1] : undefined;
      const exact = await ordinary();
      if (exact || value === undefined) return exact;
      const same = ({ value: issued }: Token) =>
        Buffer.from(issued, 'base64').equals(Buffer.from(value, 'base64'));
      return call.world.tokens.all().find((token) => !isExpired(token) && same(token));
    }),
  ]),
  variant(
    'token.digits',
    'Tokens are digits alone.',
    minted(() => BigInt(`0x${randomBytes(24).toString('hex')}`).toString()),
  ),
  variant(
    'token.short',
    'Tokens are ten characters long.',
    minted(() => opaqueToken().slice(0, 10)),
  ),
  variant(
    'token.capital-type',
    'The token_type is Bearer, and the answer of Authorize tells a scope.',
    instead(
      'reply',
      when(toOperation('authorize'), async (_call, _outcome, ordinary) => {
        const one = await ordinary();
        if (one.status !== 200) return one;
        return {
          ...one,
          value: { ...Object(one.value), token_type: 'Bearer', scope: 'sessions' },
        };
      }),
    ),
  ),
  variant(
    'token.foreign-401',
    "Another client's session is answered 401.",
    answersAs(cameOut('foreign'), { kind: 'unauthorized' }),
  ),
  variant(
    'token.after-malformed',
    'A malformed id is answered 400 before anybody looks at the token.',
    instantly(both(isCancel, idIsMalformed), (call) => render(call, { kind: 'malformed' })),
  ),
  variant(
    'token.one-space',
    'Several spaces or a tab behind the scheme are answered 400.',
    refused(lineLike(/^\S+( {2,}|\s*\t)/), 400),
  ),
  variant(
    'token.white-space',
    'Any white space may stand behind the scheme.',
    instead('authenticate', (_call, lines, ordinary) =>
      ordinary(lines.map((line) => line.replace(/^(\S+)[ \t]+/, '$1 '))),
    ),
  ),
  variant(
    'token.two-lines-400',
    'Two Authorization lines are answered 400.',
    refused((call) => call.request.authorization.length > 1, 400),
  ),
  variant(
    'token.first-line',
    'Of two Authorization lines the first counts.',
    instead('authenticate', (_call, lines, ordinary) => ordinary(lines.slice(0, 1))),
  ),
  variant(
    'token.long-431',
    'An Authorization header over 8,000 characters is answered 431.',
    refused(lineLike(/^.{8001,}$/), 431),
  ),
  variant(
    'token.unknown-client-id-400',
    'An x-client-id is unknown, whatever it says, and refused with 400.',
    instantly(isAuthorizedCancel(withClientId), (call) =>
      render(call, { kind: 'invalid', detail: 'The x-client-id is unknown' }),
    ),
  ),
  variant(
    'token.unknown-client-id-401',
    'An x-client-id is unknown, whatever it says, and refused with 401.',
    instantly(isAuthorizedCancel(withClientId), (call) => render(call, { kind: 'unauthorized' })),
  ),
];
