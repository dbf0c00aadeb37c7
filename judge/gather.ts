/** Gathers the cases of all suites without running them. */

import { gatherCases } from '../fixtures/gathering.js';
import type { CaseArguments, CaseBody } from '../fixtures/verifies.js';

export interface Case {
  readonly name: string;
  readonly ids: readonly string[];
  readonly body: CaseBody;
}

let gathered: Promise<readonly Case[]> | null = null;

/** @returns the cases in the order of the suites, each once however often it is asked for */
export function allCases(): Promise<readonly Case[]> {
  gathered ??= gather();
  return gathered;
}

async function gather(): Promise<readonly Case[]> {
  const cases: Case[] = [];
  const pending: Promise<void>[] = [];
  gatherCases((...[, , tell]: CaseArguments) => {
    pending.push(
      tell({
        judged: async (name, ids, body) => {
          cases.push({ name, ids, body });
        },
      }),
    );
  });
  await import('../suites/index.js');
  await Promise.all(pending);
  return cases;
}
