/** The sessions that the mock holds, and the one atomic way in which one of them is cancelled. */

import { randomUUID } from 'node:crypto';

export type SessionStatus = 'Initiated' | 'Failed' | 'Cancelled' | 'Expired' | 'Completed';

/** What Initiate was asked for, after validation. */
export interface SessionOrder {
  readonly referenceId: string | null;
  readonly amount: number | null;
  readonly type: string;
  readonly direction: string;
  readonly currency: string;
  readonly payor: Readonly<Record<string, unknown>>;
  readonly payee: Readonly<Record<string, unknown>> | null;
  readonly schedule: Readonly<Record<string, unknown>> | null;
}

export interface Session extends SessionOrder {
  /** in lower case */
  readonly sessionId: string;
  /** the account that initiated it; only that account's tokens may act on it */
  readonly account: string;
  /** the access token that initiated it */
  readonly initiatedWith: string;
  readonly createdAt: Date;
  status: SessionStatus;
  /** milliseconds of `performance.now()`, once cancelled */
  cancelledAt: number | undefined;
  /** cancels that reached the state of this session so far */
  attempts: number;
  /** cancels of this session that are not answered yet */
  underWay: number;
  /** what a fault has to remember of this session */
  readonly notes: Set<string>;
}

/** Ids as a database counts them up, from one on. */
function countedId(count: number): string {
  return `00000000-0000-4000-8000-${count.toString(16).padStart(12, '0')}`;
}

export class SessionStore {
  readonly #byId = new Map<string, Session>();

  constructor(readonly countsIds: boolean) {}

  add(account: string, initiatedWith: string, order: SessionOrder, status: SessionStatus): Session {
    const session: Session = {
      ...order,
      sessionId: this.countsIds ? countedId(this.#byId.size + 1) : randomUUID(),
      account,
      initiatedWith,
      createdAt: new Date(),
      status,
      cancelledAt: undefined,
      attempts: 0,
      underWay: 0,
      notes: new Set(),
    };
    this.#byId.set(session.sessionId, session);
    return session;
  }

  /** Upper case is the same id (RFC 9562 section 4). */
  find(sessionId: string): Session | undefined {
    return this.#byId.get(sessionId.toLowerCase());
  }

  /** Oldest first. */
  all(): readonly Session[] {
    return [...this.#byId.values()];
  }

  /**
   * Cancels an active session and says whether it did. Nothing is awaited between the look and the change,
   * so of any number of concurrent cancels exactly one gets true.
   */
  cancel(session: Session): boolean {
    if (session.status !== 'Initiated') return false;
    this.overwrite(session, 'Cancelled');
    return true;
  }

  /** Sets a status whatever it was before: for seeded sessions and for faults, never for an ordinary cancel. */
  overwrite(session: Session, status: SessionStatus): void {
    session.status = status;
    session.cancelledAt = status === 'Cancelled' ? performance.now() : undefined;
  }
}
