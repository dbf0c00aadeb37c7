/** What access tokens look like, told without any part of one. */

const ALPHABETS = [
  ['digits', /^\d+$/],
  ['hexadecimal digits', /^[\da-f]+$/i],
  ['letters and digits', /^[\da-z]+$/i],
  ['base64url', /^[\w-]+$/],
  ['base64', /^[\w+/-]+=*$/],
  ['the characters of token68', /^[\w.~+/-]+=*$/],
] as const;

export class TokenFormat {
  #alphabet = 0;
  #jwts = 0;
  #count = 0;
  #shortest = Infinity;
  #longest = 0;

  note(token: string): void {
    this.#count += 1;
    if (isJwt(token)) this.#jwts += 1;
    // What one token leaves out by chance, another has.
    const needed = ALPHABETS.findIndex(([, characters]) => characters.test(token));
    this.#alphabet = Math.max(this.#alphabet, needed < 0 ? ALPHABETS.length : needed);
    this.#shortest = Math.min(this.#shortest, token.length);
    this.#longest = Math.max(this.#longest, token.length);
  }

  /** @returns null where none was seen */
  told(): string | null {
    if (this.#count === 0) return null;
    const jwt = this.#jwts === this.#count;
    const made = jwt ? 'a JWT' : `opaque, ${ALPHABETS[this.#alphabet]?.[0] ?? 'visible characters'}`;
    return `${made}, ${this.#lengths()}`;
  }

  /** Where lengths differ they differ by chance, and only their magnitude is told. */
  #lengths(): string {
    if (this.#shortest === this.#longest) return `${this.#longest} characters`;
    return `at most ${2 ** Math.ceil(Math.log2(this.#longest))} characters`;
  }
}

function isJwt(token: string): boolean {
  const [head, claims, signature, ...more] = token.split('.');
  return (
    signature !== undefined && more.length === 0 && [head, claims].every((part) => isJsonObject(part ?? ''))
  );
}

function isJsonObject(part: string): boolean {
  try {
    return /^\{.*\}$/s.test(JSON.stringify(JSON.parse(Buffer.from(part, 'base64url').toString())));
  } catch {
    return false;
  }
}
