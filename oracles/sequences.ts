/** What several exchanges of one session tell of a service, whoever made them: for traffic that nobody planned. */

import { type Exchange, headerValues, jsonOf } from '../fixtures/exchange.js';
import { isUuid } from '../spec/formats.js';
import { isObject } from '../spec/json-pointer.js';
import type { Objection } from './oracle.js';

/** An exchange with the times at which it began and ended, on one clock, in milliseconds. */
export interface TimedExchange extends Exchange {
  readonly arrivedAt: number;
  readonly endedAt: number;
}

export interface SequenceJudgement<E> {
  readonly requirement: string;
  readonly exchange: E;
  /** Null where the requirement held. */
  readonly objection: Objection | null;
}

/**
 * @param exchanges all that named one session with the contract's paths, in the order of their arrival
 * @returns what is certain of them; a session may time out, or be ended by somebody else, so that little is
 */
export function judgeSequence<E extends TimedExchange>(
  exchanges: readonly E[],
): readonly SequenceJudgement<E>[] {
  const cancels = exchanges.filter(
    ({ operation, request }) => operation === 'cancel' && request.method === 'POST',
  );
  const success = cancels.find(isSuccess);
  return [
    ...cancels.flatMap(withoutToken),
    ...(success === undefined ? [] : [judged('cancel.success', success, null)]),
    ...(success === undefined ? [] : cancels.flatMap((cancel) => secondCancel(success, cancel))),
    ...(success === undefined ? [] : detailsAfter(success, exchanges)),
  ];
}

function judged<E>(requirement: string, exchange: E, objection: Objection | null): SequenceJudgement<E> {
  return { requirement, exchange, objection };
}

const isSuccess = ({ response }: Exchange): boolean => response?.status === 200;

function withoutToken<E extends Exchange>(cancel: E): SequenceJudgement<E>[] {
  const { request, response, sentId } = cancel;
  if (response === null || headerValues(request.headers, 'authorization').length > 0) return [];
  // What an undeclared status says has a requirement of its own.
  if (!isUuid(sentId ?? '') || ![200, 400, 401].includes(response.status)) return [];
  const objection = response.status === 401 ? null : { expected: '401', actual: String(response.status) };
  return [judged('token.missing', cancel, objection)];
}

function secondCancel<E extends TimedExchange>(success: E, cancel: E): SequenceJudgement<E>[] {
  const status = cancel.response?.status;
  if (cancel === success || (status !== 200 && status !== 400)) return [];
  const isBehind = cancel.arrivedAt > success.endedAt;
  const isBeside = cancel.arrivedAt < success.endedAt && success.arrivedAt < cancel.endedAt;
  if (isBehind)
    return [judged('cancel.twice', cancel, status === 400 ? null : { expected: '400', actual: '200' })];
  if (!isBeside) return [];
  const both = { expected: '200 once, and 400 for the others', actual: '200 more than once' };
  return [judged('cancel.concurrent', cancel, status === 400 ? null : both)];
}

/** The first read after the 200 says Cancelled, and so do all others. */
function detailsAfter<E extends TimedExchange>(success: E, exchanges: readonly E[]): SequenceJudgement<E>[] {
  return exchanges
    .filter(
      ({ operation, arrivedAt, response }) =>
        operation === 'details' && arrivedAt > success.endedAt && response?.status === 200,
    )
    .flatMap((details, i) => {
      const value = jsonOf(details.response?.body ?? new Uint8Array());
      const status = isObject(value) ? value['status'] : undefined;
      if (typeof status !== 'string') return [];
      const objection =
        status === 'Cancelled' ? null : { expected: 'Cancelled in the details', actual: status };
      return [judged(i === 0 ? 'cancel.immediate' : 'cancel.lasting', details, objection)];
    });
}
