/** The mock's clients, and the access tokens that it issued to them. */

import { randomBytes } from 'node:crypto';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface Client extends Credentials {
  /** whose sessions its tokens may act on; two clients of one account are twins */
  readonly account: string;
  /** how long its tokens live at most */
  readonly tokenSeconds: number;
}

export interface Token {
  readonly value: string;
  readonly account: string;
  /** seconds, as Authorize says them */
  readonly expiresIn: number;
  /** milliseconds since the epoch */
  expiresAt: number;
  /** a token initiates one session */
  initiated: boolean;
}

/** `brief` is the twin of `main`, with tokens that live one second: an expired token without a long wait. */
export const clients = {
  main: { username: 'mock-main', password: 'mock-main-4b7f', account: 'main', tokenSeconds: Infinity },
  other: {
    username: 'mock-other',
    password: 'mock-other-9d21',
    account: 'other',
    tokenSeconds: Infinity,
  },
  brief: { username: 'mock-brief', password: 'mock-brief-c830', account: 'main', tokenSeconds: 1 },
} as const satisfies Record<string, Client>;

/** @example clientOf({ username: 'mock-main', password: 'wrong' }) // undefined */
export function clientOf({ username, password }: Credentials): Client | undefined {
  return Object.values(clients).find((one) => one.username === username && one.password === password);
}

/** 32 random bytes: letters, digits, `-` and `_`. */
export const opaqueToken = (): string => randomBytes(32).toString('base64url');

export const isExpired = (token: Token): boolean => token.expiresAt <= Date.now();

/** Expired tokens are kept for a while, so that a fault can take one for valid. */
const keptAfterExpiryMs = 60_000;
const issuedBetweenSweeps = 5_000;

export class TokenRegistry {
  readonly #byValue = new Map<string, Token>();
  #issued = 0;

  /** @param tokenSeconds how long tokens live, where their client's live no less */
  constructor(readonly tokenSeconds: number) {}

  issue(client: Client, value: string): Token {
    this.#issued += 1;
    if (this.#issued % issuedBetweenSweeps === 0) this.#sweep();
    const expiresIn = Math.min(client.tokenSeconds, this.tokenSeconds);
    const expiresAt = Date.now() + expiresIn * 1000;
    const token = {
      value,
      account: client.account,
      expiresIn,
      expiresAt,
      initiated: false,
    };
    this.#byValue.set(value, token);
    return token;
  }

  /** The token of exactly this value, expired or not. */
  find(value: string): Token | undefined {
    return this.#byValue.get(value);
  }

  /** It is valid no more, as though its time were over. */
  end(token: Token): void {
    token.expiresAt = 0;
  }

  all(): readonly Token[] {
    return [...this.#byValue.values()];
  }

  #sweep(): void {
    const horizon = Date.now() - keptAfterExpiryMs;
    for (const token of this.#byValue.values()) {
      if (token.expiresAt < horizon) this.#byValue.delete(token.value);
    }
  }
}
