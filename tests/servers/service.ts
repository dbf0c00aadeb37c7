/** What a service of Cancel Session knows, whatever framework it is on: clients, tokens and sessions. */

import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';

export interface Session {
  readonly sessionId: string;
  readonly referenceId: string | null;
  readonly client: string;
  status: 'Initiated' | 'Cancelled';
}

/** A server that listens on a free port of the loopback. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

export const passwords: Readonly<Record<string, string>> = { partner: 'one-7f2c', rival: 'two-91ab' };

/** Declared for every answer of the operation; the first is the service's own choice. */
export const mediaTypes = ['application/json', 'text/json', 'text/plain'] as const;

/** So short that a run sees an expired one. */
export const tokenSeconds = 6;

export class Service {
  readonly #tokens = new Map<string, { readonly client: string; readonly expiresAt: number }>();
  readonly #sessions = new Map<string, Session>();

  hasClient(username: string, password: string): boolean {
    return passwords[username] === password;
  }

  issueToken(client: string): string {
    const token = randomBytes(24).toString('base64url');
    this.#tokens.set(token, { client, expiresAt: Date.now() + tokenSeconds * 1000 });
    return token;
  }

  /** Whose token it is, while it lives. */
  clientOf(token: string): string | undefined {
    const known = this.#tokens.get(token);
    return known !== undefined && Date.now() < known.expiresAt ? known.client : undefined;
  }

  initiate(client: string, referenceId: unknown): Session {
    const session: Session = {
      sessionId: randomUUID(),
      referenceId: typeof referenceId === 'string' ? referenceId : null,
      client,
      status: 'Initiated',
    };
    this.#sessions.set(session.sessionId, session);
    return session;
  }

  /** A session of this client; the id in any letter case. */
  find(sessionId: string, client: string): Session | undefined {
    const session = this.#sessions.get(sessionId.toLowerCase());
    return session?.client === client ? session : undefined;
  }

  /** Whether it was active, and is cancelled now. */
  cancel(session: Session): boolean {
    if (session.status !== 'Initiated') return false;
    session.status = 'Cancelled';
    return true;
  }
}

export const tokenAnswer = (token: string) => ({
  access_token: token,
  token_type: 'bearer',
  expires_in: tokenSeconds,
});

export const initiated = ({ sessionId, referenceId }: Session) => ({ sessionId, referenceId });

export const described = ({ sessionId, referenceId, status }: Session) => ({
  sessionId,
  referenceId,
  status,
});

/** RFC 9562 section 4. */
export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The user name and password of Basic credentials (RFC 7617). */
export function basicCredentials(authorization = ''): readonly [username: string, password: string] {
  const encoded = /^Basic (\S+)$/i.exec(authorization)?.[1] ?? '';
  const [username = '', password = ''] = Buffer.from(encoded, 'base64').toString().split(':');
  return [username, password];
}

/** The token of Bearer credentials (RFC 6750 section 2.1). */
export const bearerToken = (authorization = ''): string => /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '';

/** A server of node:http that was told to listen on port 0. */
export async function listening(server: Server): Promise<Listening> {
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
