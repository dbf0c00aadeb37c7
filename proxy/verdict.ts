/** From what was judged in the runs of a proxy to the verdict. */

import type { Call } from '../fixtures/call.js';
import { type Exchange, headerValues, jsonOf } from '../fixtures/exchange.js';
import type { Cause, Outcome } from '../fixtures/ledger.js';
import type { Secrets } from '../fixtures/secrets.js';
import { splitUrl, type Target } from '../fixtures/target.js';
import { requirementOf, unfinishedVerdict } from '../judge/conclusion.js';
import { INTERRUPTED } from '../judge/exit-status.js';
import type { Interruption } from '../judge/judge.js';
import { Measuring } from '../judge/measuring.js';
import { Retention } from '../judge/retention.js';
import { judgedWaivers, type Waiver } from '../judge/waivers.js';
import { credentialsIn } from '../oracles/clients/traffic.js';
import { type Place, script } from '../reports/script.js';
import { type RecordedExchange, recordedExchange, shownExchange, trailStep } from '../reports/shown.js';
import type {
  Finding,
  ScenarioOutcome,
  Side,
  TrailStep,
  Verdict,
  VerdictRequirement,
} from '../reports/verdict.js';
import type { Contract } from '../spec/contract.js';
import { isObject } from '../spec/json-pointer.js';
import type { JudgedTraffic } from './judging.js';
import { MOST_CALLS, type Traffic } from './proxy.js';

/** One run of the client: plainly, or under a scenario. */
export interface ProxiedRun {
  readonly passed: Traffic;
  readonly judged: JudgedTraffic;
}

export interface Proxied {
  readonly target: Target;
  readonly contract: Contract;
  readonly strict: boolean;
  readonly waivers: readonly Waiver[];
  readonly secrets: Secrets;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** The plain run first. */
  readonly runs: readonly ProxiedRun[];
  readonly scenarios: readonly ScenarioOutcome[];
  /** Outcomes of `client.scenario.*`. */
  readonly scenarioRequirements: readonly Outcome[];
  /** How the command ended in the plain run, as a shell tells it; null where there was none. */
  readonly commandStatus: number | null;
  readonly interruption: Interruption | null;
}

export interface ProxiedVerdict {
  readonly verdict: Verdict;
  readonly exchanges: readonly RecordedExchange[];
}

export function proxiedVerdict(proxied: Proxied): ProxiedVerdict {
  const { target, secrets, startedAt, runs, strict } = proxied;
  for (const { passed } of runs) for (const call of passed.calls) addSecrets(call, secrets);
  const client = [
    ...mergedOutcomes(runs.map(({ judged }) => judged.client)),
    ...proxied.scenarioRequirements,
  ];
  const service = mergedOutcomes(runs.map(({ judged }) => judged.target));
  const finishedAt = Date.now();
  const waived = judgedWaivers(proxied.waivers, [...client, ...service], target.url, finishedAt);
  const sides = [
    { side: 'client', outcomes: client },
    { side: 'target', outcomes: service },
  ] as const;
  const requirements = sides.flatMap(({ side, outcomes }) =>
    outcomes.map((outcome) => ({ ...requirementOf(outcome, [], waived), side })),
  );
  const { measuring, retention } = measured(runs, startedAt);
  const findings = sides.flatMap(({ side, outcomes }) =>
    outcomes.flatMap((outcome) =>
      outcome.causes.map((cause) => findingOf(outcome, cause, side, target, secrets)),
    ),
  );
  const shown = [...client, ...service].flatMap(({ causes }) =>
    causes.flatMap(({ breach }) => exchangesOf(breach)),
  );
  const { origin } = splitUrl(target.url);
  const verdict: Verdict = {
    ...unfinishedVerdict({ target, contract: proxied.contract, seed: 0, depth: 'standard', strict }),
    ...decision(proxied, requirements),
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    durationMs: finishedAt - startedAt,
    exchanges: runs.reduce((sum, { passed }) => sum + passed.calls.length, 0),
    usage: usageOf(runs),
    requirements,
    waivers: waived,
    findings,
    scenarios: proxied.scenarios,
    measurements: measuring.told(),
  };
  const exchanges = retention.with(shown).map((exchange) => recordedExchange(exchange, origin, secrets));
  return { verdict, exchanges };
}

/** Everything that lets somebody in, wherever a client put it. */
function addSecrets({ request, response, operation }: Call, secrets: Secrets): void {
  for (const value of credentialsIn(headerValues(request.headers, 'authorization'))) secrets.add(value);
  if (operation !== 'authorize') return;
  const form = new URLSearchParams(request.body ?? '');
  const json = jsonOf(Buffer.from(request.body ?? ''));
  for (const name of ['password', 'client_secret']) {
    secrets.add(form.get(name) ?? '');
    if (isObject(json)) secrets.add(String(json[name] ?? ''));
  }
  const answer = jsonOf(response?.body ?? new Uint8Array());
  for (const name of ['access_token', 'refresh_token', 'id_token'])
    if (isObject(answer)) secrets.add(String(answer[name] ?? ''));
}

/** The outcomes of several runs as one, by requirement. */
function mergedOutcomes(runs: readonly (readonly Outcome[])[]): Outcome[] {
  const [first = []] = runs;
  return first.map((outcome, i) => {
    const own = runs.flatMap((outcomes) => outcomes[i] ?? []);
    const status = (['fail', 'pass'] as const).find((wanted) => own.some((one) => one.status === wanted));
    return {
      ...outcome,
      status: status ?? 'not-checked',
      checks: own.reduce((sum, { checks }) => sum + checks, 0),
      failures: own.reduce((sum, { failures }) => sum + failures, 0),
      reason: status === undefined ? outcome.reason : null,
      causes: own.flatMap(({ causes }) => causes),
      conditions: [],
    };
  });
}

function findingOf(
  { requirement }: Outcome,
  { breach, origin, occurrences }: Cause,
  side: Side,
  target: Target,
  secrets: Secrets,
): Finding {
  const { exchange, trail } = breach;
  const mask = (text: string) => secrets.mask(text);
  const place: Place = {
    ...splitUrl(target.url),
    secrets,
    tokenSource: target.accessToken === null ? 'Authorize' : 'given',
    curlOptions: target.connection?.curlOptions ?? '',
  };
  return {
    requirement: requirement.id,
    side,
    scenario: origin.caseName === '' ? null : origin.caseName,
    level: requirement.level,
    message: mask(`${requirement.statement} Expected ${breach.expected}; got ${breach.actual}.`),
    expected: mask(breach.expected),
    actual: mask(breach.actual),
    conditions: [],
    example: null,
    occurrences,
    // What a client did wrong is seen again by running the client; what a target did, by asking the target.
    curl: side === 'client' || exchange === null ? null : script(trail, exchange, { ofState: false }, place),
    replay: '',
    exchange: exchange === null ? null : shownExchange(exchange, place.origin, secrets),
    pointer: breach.pointer ?? null,
    trail: trailOf(breach, secrets),
  };
}

function exchangesOf({ exchange, trail }: Cause['breach']): Exchange[] {
  return exchange === null ? [...trail] : [...trail, exchange];
}

function trailOf(breach: Cause['breach'], secrets: Secrets): TrailStep[] {
  if (breach.trail.length === 0) return [];
  return exchangesOf(breach)
    .sort((a, b) => a.number - b.number)
    .map((step) => trailStep(step, step === breach.exchange, secrets));
}

function measured(runs: readonly ProxiedRun[], startedAt: number) {
  const measuring = new Measuring(startedAt);
  const retention = new Retention();
  for (const { passed } of runs)
    for (const call of passed.calls) {
      measuring.note(call);
      retention.note(call);
    }
  return { measuring, retention };
}

function usageOf(runs: readonly ProxiedRun[]): Verdict['usage'] {
  const sum = (part: (run: ProxiedRun) => number) => runs.reduce((total, run) => total + part(run), 0);
  return {
    sessions: sum(({ judged }) => judged.traffic.sessions.size),
    tokens: new Set(runs.flatMap(({ judged }) => [...judged.traffic.tokens.keys()])).size,
    throttled: sum(({ passed }) => passed.calls.filter(({ response }) => response?.status === 429).length),
    leftActive: runs.flatMap(({ judged }) => judged.leftActive),
  };
}

/** A must that was broken decides, whatever else there is; only an interruption goes before it. */
function decision(
  { interruption, strict, runs, commandStatus }: Proxied,
  requirements: readonly VerdictRequirement[],
): Pick<Verdict, 'verdict' | 'exitCode' | 'reason'> {
  if (interruption !== null) {
    const { signal } = interruption;
    return { verdict: 'inconclusive', exitCode: INTERRUPTED[signal], reason: `Interrupted by ${signal}.` };
  }
  const [plain] = runs;
  if (requirements.some(({ status, level }) => status === 'fail' && (strict || level === 'must')))
    return { verdict: 'nonconformant', exitCode: 1, reason: null };
  const problem = plain === undefined ? 'Nothing was run.' : problemOf(plain);
  if (problem !== null) return { verdict: 'inconclusive', exitCode: 2, reason: problem };
  const beyond = runs.some(({ passed }) => passed.beyond > 0)
    ? [`Calls beyond the first ${MOST_CALLS} were passed on and not judged.`]
    : [];
  const failed =
    commandStatus === null || commandStatus === 0
      ? []
      : [`The command ended with exit status ${commandStatus}.`];
  const reasons = [...failed, ...beyond];
  const reason = reasons.length === 0 ? null : reasons.join(' ');
  return { verdict: 'conformant', exitCode: commandStatus ?? 0, reason };
}

/** Why nothing could be judged. */
function problemOf({ passed }: ProxiedRun): string | null {
  const cancels = passed.calls.filter(({ operation }) => operation === 'cancel');
  const unreached = passed.calls.filter(({ failure }) => failure?.kind === 'refused');
  if (passed.calls.length > 0 && unreached.length === passed.calls.length)
    return `The target could not be reached: ${unreached[0]?.failure?.message}.`;
  return cancels.length === 0
    ? 'No Cancel was sent through the proxy, so that there was nothing to judge.'
    : null;
}
