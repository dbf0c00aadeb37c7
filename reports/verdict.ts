/** The verdict: what `verdict.json` holds, as people and scripts rely on it. */

import type { Depth } from '../fixtures/depth.js';
import type { Header, Operation } from '../fixtures/exchange.js';
import type { PageView } from '../fixtures/hosted-page/page-view.js';
import type { Level } from '../spec/requirements.js';

/** Why a requirement was not checked that passive traffic does not show. */
export const NOT_SHOWN =
  'What passed through the proxy does not show it; cancel-conformance run asks for it.';
/** Why a requirement was not checked that speaks of a scenario. */
export const NOT_PLAYED = 'It was not played; --scenario all plays it.';

/** Who keeps or breaks a requirement; where it is not said, the target. */
export type Side = 'client' | 'target';

export interface VerdictRequirement {
  readonly id: string;
  readonly side?: Side;
  readonly level: Level;
  readonly statement: string;
  readonly source: string;
  readonly status: 'pass' | 'fail' | 'waived' | 'not-checked';
  readonly checks: number;
  readonly failures: number;
  readonly reason: string | null;
  /** The cases that verify it; none where every answer is held against it. */
  readonly cases?: readonly string[];
}

/** An exchange as it may be shown: without a secret. */
export interface ShownExchange {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly Header[];
    readonly body: string | null;
  };
  readonly response: {
    readonly status: number;
    readonly headers: readonly Header[];
    readonly body: string;
  } | null;
  /** Why there was no answer; null where there was one. */
  readonly failure: string | null;
  readonly startedAt: string;
  readonly durationMs: number;
}

/** An exchange on the way to a finding, in a few words. */
export interface TrailStep {
  readonly number: number;
  readonly operation: Operation;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  /** Why there was no answer; null where there was one. */
  readonly failure: string | null;
  readonly startedAt: string;
  readonly durationMs: number;
  /** How it was asked for, say `Accept: text/json`; empty where that was as usual. */
  readonly asked?: string;
  /** Whether it is the exchange that shows the finding. */
  readonly shows: boolean;
}

export interface Finding {
  readonly requirement: string;
  readonly side?: Side;
  /** The scenario of the mock under which it was found; null for a plain run. */
  readonly scenario?: string | null;
  readonly level: Level;
  /** What the contract asks, what came, and under which condition. */
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  /** Circumstances that all failures share and no success has. */
  readonly conditions: readonly string[];
  /** The smallest value for which a property failed. */
  readonly example: string | null;
  readonly occurrences: number;
  readonly curl: string | null;
  /** For `--replay`; empty where only the client can show it again. */
  readonly replay: string;
  readonly exchange: ShownExchange | null;
  /** A JSON pointer to what is wrong in the body of the answer; null where it is not one place of the body. */
  readonly pointer?: string | null;
  /** What was asked before and beside, in the order of sending; empty where the exchange says it all. */
  readonly trail?: readonly TrailStep[];
}

/** Response times of one operation and status. */
export interface ResponseTimes {
  readonly operation: Operation;
  /** Null where no answer came. */
  readonly status: number | null;
  readonly count: number;
  readonly minMs: number;
  /** From the histogram, so within a tenth of a decade. */
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** Counts by the upper bound of a bucket, ten buckets a decade; empty ones are left out, and the last has no bound. */
  readonly histogram: readonly { readonly upToMs: number | null; readonly count: number }[];
}

/** What a run measured. */
export interface Measurements {
  readonly responseTimes: readonly ResponseTimes[];
  /** Exchanges by the time at which they began. */
  readonly course: {
    readonly binMs: number;
    readonly bins: readonly {
      readonly exchanges: number;
      /** Answered 429. */
      readonly throttled: number;
      readonly unanswered: number;
    }[];
  };
}

/** How a client took a scenario of the mock. */
export interface ScenarioOutcome {
  readonly name: string;
  /** Its command ended as expected, and no must was broken. */
  readonly handled: boolean;
  /** As a shell tells it: 128 and the signal's number where one ended it. */
  readonly exitCode: number;
}

/** What the target does where contract and page leave it a choice. */
export interface Observation {
  readonly id: string;
  /** The same in every run that asks the same of the same target. */
  readonly value: string;
  /** What was observed, in words. */
  readonly question?: string;
  /** An exchange that shows it; none where it is a part of an observation that has one (`ID/PART`). */
  readonly example?: ShownExchange;
}

/** A known deviation that somebody answers for. */
export interface VerdictWaiver {
  readonly requirement: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds. */
  readonly expires: string;
  /** `stale` where the requirement passed; an `expired` one covers nothing any more. */
  readonly state: 'in force' | 'expired' | 'stale' | 'not needed';
}

export interface Verdict {
  readonly schemaVersion: 1;
  readonly verdict: 'conformant' | 'nonconformant' | 'inconclusive';
  readonly exitCode: number;
  /** Why it is inconclusive, or was broken off: one sentence. */
  readonly reason: string | null;
  readonly target: {
    readonly url: string;
    readonly embedded: boolean;
    /** Its certificate was not verified. */
    readonly insecure: boolean;
  };
  readonly contract: { readonly title: string; readonly version: string; readonly sha256: string };
  readonly tool: { readonly name: string; readonly version: string };
  readonly seed: number;
  readonly depth: Depth;
  readonly strict: boolean;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationMs: number;
  readonly exchanges: number;
  /** Sessions and tokens that the run made, 429s that it met, and what it could not clean up. */
  readonly usage: {
    readonly sessions: number;
    readonly tokens: number;
    readonly throttled: number;
    readonly leftActive: readonly string[];
  };
  readonly requirements: readonly VerdictRequirement[];
  readonly waivers: readonly VerdictWaiver[];
  readonly observations: readonly Observation[];
  readonly findings: readonly Finding[];
  /** The hosted page of sessions of every kind, where it was opened. */
  readonly pages?: readonly PageView[];
  /** Those that `proxy` played; only its verdicts have them. */
  readonly scenarios?: readonly ScenarioOutcome[];
  readonly measurements?: Measurements;
  /** The command line that asks the same target in the same way; a replay string goes behind it. */
  readonly again?: string;
}

/** Whether it is of traffic that went through `proxy`, and not of questions that a run asked. */
export function isProxied({ scenarios }: Verdict): boolean {
  return scenarios !== undefined;
}
