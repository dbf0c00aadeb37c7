/** Imitates what access tokens look like and how long they live. */

import { randomBytes, randomInt } from 'node:crypto';
import { type Change, instead, type Settings } from '../behaviour.js';
import type { Observed } from './observed.js';

const ALPHABETS: Readonly<Record<string, string>> = {
  digits: '0123456789',
  'hexadecimal digits': '0123456789abcdef',
  'letters and digits': 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  base64url: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
  base64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  'the characters of token68': 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/',
};

/** Longer ones go into no header. */
const LONGEST = 8000;
/** With fewer characters tokens could be guessed, or come twice. */
const SHORTEST = 8;

export function mintedTokens(observed: Observed): readonly Change[] {
  const mint = minting(observed.value('token.format') ?? '');
  if (mint !== null) return [instead('mint', () => mint())];
  if (observed.value('token.format') !== undefined)
    observed.cannot('token.format', 'the mock mints tokens of its own');
  return [];
}

function minting(format: string): (() => string) | null {
  const [, made = '', most, digits] = /^(.+), (at most )?(\d+) characters$/.exec(format) ?? [];
  const length = Number(digits);
  if (!(length >= SHORTEST && length <= LONGEST)) return null;
  const lengths = () =>
    most === undefined ? length : randomInt(Math.max(SHORTEST, length / 2 + 1), length + 1);
  if (made === 'a JWT') return jwtOf(length).length === length ? () => jwtOf(lengths()) : null;
  const alphabet = ALPHABETS[made.replace(/^opaque, /, '')];
  return alphabet === undefined ? null : () => opaqueOf(lengths(), alphabet);
}

function opaqueOf(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}

const base64url = (json: string): string => Buffer.from(json).toString('base64url');

const HEAD = base64url('{"alg":"HS256","typ":"JWT"}');

/** Its signature is random: the mock knows its tokens by heart. */
function jwtOf(length: number): string {
  const signature = randomBytes(32).toString('base64url');
  const room = length - HEAD.length - signature.length - 2;
  const claims = (padding: number) =>
    base64url(`{"jti":"${randomBytes(6).toString('base64url')}","iss":"${'x'.repeat(padding)}"}`);
  // Three characters of JSON are four of base64url; what is missing to the length goes into the signature.
  const padding = Math.max(0, Math.floor((room * 3) / 4) - 27);
  const body = claims(padding);
  const missing = Math.max(0, room - body.length);
  return `${HEAD}.${body}.${signature}${opaqueOf(missing, ALPHABETS['base64url'] ?? '')}`;
}

export function lifetime(observed: Observed): Partial<Settings> {
  const id = 'token.lifetime';
  const value = observed.value(id);
  const seconds = Number(/^(\d{1,9}) seconds$/.exec(value ?? '')?.[1]);
  if (seconds > 0) return { tokenSeconds: seconds };
  if (value !== undefined) observed.cannot(id, 'a token of the mock lives as long as it says');
  return {};
}
