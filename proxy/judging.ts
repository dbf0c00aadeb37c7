/** Judges what went through a proxy in one run: the client by its oracles, the target by those of `run`. */

import type { Call } from '../fixtures/call.js';
import { type Exchange, headerValue, type KnownSession } from '../fixtures/exchange.js';
import { type Breach, Ledger, type Outcome } from '../fixtures/ledger.js';
import { OFFERED_CODINGS } from '../fixtures/transports/decode.js';
import { leftActive } from '../oracles/clients/cleanup.js';
import { clientOracles } from '../oracles/clients/index.js';
import { bearerOf, type ClientTraffic, type Known, readTraffic } from '../oracles/clients/traffic.js';
import { codingsOffered, isOffered } from '../oracles/content-coding.js';
import { compileOracles, type Judgement } from '../oracles/index.js';
import { judgeSequence } from '../oracles/sequences.js';
import { NOT_SHOWN } from '../reports/verdict.js';
import type { Requirement } from '../spec/requirements.js';
import type { Traffic } from './proxy.js';

export interface JudgedTraffic {
  readonly client: readonly Outcome[];
  readonly target: readonly Outcome[];
  /** Ids of sessions that nobody tried to cancel. */
  readonly leftActive: readonly string[];
  readonly traffic: ClientTraffic;
}

export interface Catalogues {
  readonly client: readonly Requirement[];
  readonly target: readonly Requirement[];
}

const NOT_MET = 'Nothing that the client sent shows it.';

/** What is remembered before a finding: a picture, not a log. */
const LONGEST_TRAIL = 12;

/** @param scenario what the mock played; null for a plain run */
export function judgeTraffic(
  passed: Traffic,
  scenario: string | null,
  catalogues: Catalogues,
  known: Known,
): JudgedTraffic {
  const traffic = readTraffic(passed.calls, known);
  const trails = new Trails(traffic);
  const client = new Entries(catalogues.client, NOT_MET, scenario, trails);
  judgeClient(traffic, passed, client);
  const target = new Entries(catalogues.target, NOT_SHOWN, scenario, trails);
  judgeTarget(traffic, target);
  return {
    client: client.ledger.outcomes(),
    target: target.ledger.outcomes(),
    leftActive: leftActive(traffic).map(({ id }) => id),
    traffic,
  };
}

/** A ledger of one side, and how judgements are entered into it. */
class Entries {
  readonly ledger: Ledger;

  constructor(
    requirements: readonly Requirement[],
    open: string,
    readonly scenario: string | null,
    readonly trails: Trails,
  ) {
    this.ledger = new Ledger(requirements);
    for (const { id } of requirements) this.ledger.notChecked(id, open);
  }

  enter({ requirement, objection }: Judgement, call: Call | null): void {
    if (objection === null) {
      this.ledger.held(requirement, {});
      return;
    }
    this.ledger.broke(requirement, {});
    const trail = call === null ? [] : this.trails.before(call);
    const breach: Breach = { requirement, ...objection, exchange: call, trail, ofState: false };
    this.ledger.find(breach, { caseName: this.scenario ?? '', path: null, example: null });
  }
}

function judgeClient(traffic: ClientTraffic, { calls, unreadable }: Traffic, entries: Entries): void {
  for (const oracle of clientOracles) {
    for (const { call, objection } of oracle.judge(traffic)) {
      if (call.deliberate.has(oracle.requirement)) continue;
      entries.enter({ requirement: oracle.requirement, objection }, call);
    }
  }
  const readable = 'client.request.readable';
  for (const call of calls) entries.enter({ requirement: readable, objection: null }, call);
  for (const { code } of unreadable) {
    const objection = {
      expected: 'a request that an HTTP parser reads',
      actual: `one that it refuses (${code})`,
    };
    entries.enter({ requirement: readable, objection }, null);
  }
}

function judgeTarget(traffic: ClientTraffic, entries: Entries): void {
  const judge = compileOracles(traffic.contract);
  const cancels = traffic.cancels.filter(({ exact }) => exact).map((call) => withSession(call, traffic));
  let cutOff = 0;
  for (const call of cancels.filter(({ bent }) => !bent)) {
    const objection = answerMissing(call, cutOff);
    if (call.failure?.kind === 'cut-off') cutOff += 1;
    if (objection !== undefined) entries.enter({ requirement: 'answer.received', objection }, call);
    for (const judgement of judge(call)) if (isFair(judgement, call)) entries.enter(judgement, call);
  }
  for (const calls of bySession(traffic, cancels).values())
    for (const { exchange, ...judgement } of judgeSequence(calls))
      if (!exchange.bent) entries.enter(judgement, exchange);
}

/**
 * What is said of `answer.received`. An idle connection that is closed under a request is nobody's fault, and an answer
 * that was cut off once may be chance; nothing is asked again here, so that the second one tells.
 *
 * @returns undefined where nothing is
 */
function answerMissing({ response, failure }: Call, cutOffBefore: number) {
  if (response !== null) return null;
  if (failure === null) return undefined;
  const tells =
    failure.kind === 'malformed' ||
    failure.kind === 'too-large' ||
    (failure.kind === 'cut-off' && cutOffBefore > 0);
  return tells ? { expected: 'a whole answer', actual: failure.message } : undefined;
}

/** A media range with no parameter but a quality value above 0. */
const WELL_FORMED_RANGE =
  /^\s*[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+\s*(?:;\s*q=(?:1(?:\.0{0,3})?|0\.(?!0*\s*$)\d{1,3})\s*)?$/i;

/** A run asks only what it can judge; a client may ask for anything. */
function isFair({ requirement }: Judgement, { request, response }: Call): boolean {
  if (requirement.startsWith('media.')) {
    const accept = headerValue(request.headers, 'accept');
    return accept === null || accept.split(',').every((range) => WELL_FORMED_RANGE.test(range));
  }
  if (requirement !== 'answer.content-coding') return true;
  const offered = codingsOffered(headerValue(request.headers, 'accept-encoding'));
  // Undoing it is beyond this program, and was asked for.
  return !(response?.undecoded ?? []).some(
    (coding) =>
      !OFFERED_CODINGS.split(', ').includes(coding.replace(/^x-/, '')) && isOffered(coding, offered),
  );
}

function withSession(call: Call, { sessions }: ClientTraffic): Call {
  const session = sessions.get(call.sentId?.toLowerCase() ?? '');
  if (session === undefined) return call;
  const { id, referenceId, referenceIdGiven, initiate } = session;
  const known: KnownSession = { id, referenceId, referenceIdGiven, trail: [initiate] };
  return { ...call, session: known };
}

/** Cancels and details of each session, in the order of their arrival. */
function bySession({ calls }: ClientTraffic, cancels: readonly Call[]): ReadonlyMap<string, readonly Call[]> {
  const sessions = new Map<string, Call[]>();
  const details = calls.filter(({ operation }) => operation === 'details');
  for (const call of [...cancels, ...details].sort((a, b) => a.number - b.number)) {
    const id = call.sentId?.toLowerCase() ?? '';
    const own = sessions.get(id);
    if (own === undefined) sessions.set(id, [call]);
    else own.push(call);
  }
  return sessions;
}

/** What came before a call, of the same session or with the same token. */
class Trails {
  constructor(readonly traffic: ClientTraffic) {}

  before(call: Call): readonly Exchange[] {
    const { cancelsBySession, callsByToken, sessions } = this.traffic;
    const id = call.sentId?.toLowerCase() ?? null;
    const own =
      id === null ? (callsByToken.get(bearerOf(call) ?? '') ?? []) : (cancelsBySession.get(id) ?? []);
    const at = indexOf(own, call.number);
    const earlier = own.slice(Math.max(0, at - LONGEST_TRAIL), at);
    const initiate = id === null ? undefined : sessions.get(id)?.initiate;
    return initiate === undefined ? earlier : [initiate, ...earlier];
  }
}

/** Where a call stands, or would stand, among calls in the order of their numbers. A storm is long. */
function indexOf(calls: readonly Call[], number: number): number {
  let [from, to] = [0, calls.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if ((calls[middle]?.number ?? Number.POSITIVE_INFINITY) < number) from = middle + 1;
    else to = middle;
  }
  return from;
}
