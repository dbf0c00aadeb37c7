/** What several exchanges of one session tell of a service that nobody questioned. */

import { describe, expect, it } from 'vitest';
import { judgeSequence, type TimedExchange } from './sequences.js';

const ID = '70e694b4-b689-4e5f-a91e-913a549cb967';

interface Told {
  readonly at: number;
  readonly until?: number;
  readonly status: number | null;
  /** Of details. */
  readonly says?: string;
  readonly withToken?: boolean;
  readonly id?: string;
}

function exchange(
  { at, until = at + 1, status, says, withToken = true, id = ID }: Told,
  i: number,
): TimedExchange {
  const operation = says === undefined ? 'cancel' : 'details';
  return {
    number: i + 1,
    operation,
    request: {
      method: operation === 'cancel' ? 'POST' : 'GET',
      path: `/api/v2/sessions/${id}/${operation}`,
      headers: withToken ? [['Authorization', 'Bearer x']] : [],
      body: null,
    },
    response:
      status === null
        ? null
        : { status, headers: [], body: Buffer.from(JSON.stringify({ status: says })), undecoded: [] },
    failure: null,
    startedAt: at,
    durationMs: until - at,
    circumstances: {},
    curlAuthorization: '',
    meant: null,
    sentId: id,
    session: null,
    arrivedAt: at,
    endedAt: until,
  };
}

const told = (...exchanges: readonly Told[]) =>
  judgeSequence(exchanges.map(exchange)).map(
    ({ requirement, objection }) => `${requirement}${objection === null ? '' : ' broken'}`,
  );

describe('a session', () => {
  it('that is cancelled once is a success, and a refusal says nothing', () => {
    expect(told({ at: 0, status: 200 })).toEqual(['cancel.success']);
    expect(told({ at: 0, status: 400 }, { at: 5, status: 503 }, { at: 9, status: null })).toEqual([]);
  });

  it('is cancelled once, and refused behind that', () => {
    expect(told({ at: 0, status: 200 }, { at: 5, status: 400 })).toEqual(['cancel.success', 'cancel.twice']);
    expect(told({ at: 0, status: 200 }, { at: 5, status: 200 })).toContain('cancel.twice broken');
    expect(told({ at: 0, status: 200 }, { at: 5, status: 401 })).toEqual(['cancel.success']);
  });

  it('is cancelled by one of several at once', () => {
    const beside: Told = { at: 2, until: 8, status: 200 };
    expect(told({ at: 0, until: 5, status: 200 }, beside)).toContain('cancel.concurrent broken');
    expect(told({ at: 0, until: 5, status: 200 }, { ...beside, status: 400 })).toContain('cancel.concurrent');
  });

  it('is Cancelled in its details, at once and lastingly; what was asked before counts for nothing', () => {
    const cancelled: Told = { at: 10, status: 200 };
    const details = (at: number, says: string): Told => ({ at, status: 200, says });
    expect(
      told(details(5, 'Initiated'), cancelled, details(20, 'Cancelled'), details(30, 'Cancelled')),
    ).toEqual(['cancel.success', 'cancel.immediate', 'cancel.lasting']);
    expect(told(cancelled, details(20, 'Initiated'), details(30, 'Initiated'))).toEqual([
      'cancel.success',
      'cancel.immediate broken',
      'cancel.lasting broken',
    ]);
  });

  it('is not cancelled without a token', () => {
    expect(told({ at: 0, status: 401, withToken: false })).toEqual(['token.missing']);
    expect(told({ at: 0, status: 200, withToken: false })).toContain('token.missing broken');
    // A malformed id may be refused first, and an undeclared status has a requirement of its own.
    expect(told({ at: 0, status: 400, withToken: false, id: 'undefined' })).toEqual([]);
    expect(told({ at: 0, status: 503, withToken: false })).toEqual([]);
  });
});
