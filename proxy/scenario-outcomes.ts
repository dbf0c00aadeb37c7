/** How a client took the scenarios that were played, as requirements. */

import { Ledger, type Outcome } from '../fixtures/ledger.js';
import type { Scenario } from '../mock/scenario.js';
import { NOT_PLAYED, type ScenarioOutcome } from '../reports/verdict.js';
import type { Requirement } from '../spec/requirements.js';
import type { ProxiedRun } from './verdict.js';

export interface PlayedScenario {
  readonly scenario: Scenario;
  readonly run: ProxiedRun;
  /** How the command ended, as a shell tells it. */
  readonly status: number;
  /** Whether it ended by itself. */
  readonly inTime: boolean;
}

const THEME = 'client.scenario.';

export interface ScenarioOutcomes {
  readonly outcomes: readonly ScenarioOutcome[];
  /** Of all ready scenarios, and of those of the user's own that were played. */
  readonly requirements: readonly Outcome[];
}

/** Whether a requirement speaks of a scenario as a whole, and not of what passed through the proxy. */
export function isOfScenario({ id }: Requirement): boolean {
  return id.startsWith(THEME);
}

/** @param ready the requirements of ready scenarios */
export function scenarioOutcomes(
  played: readonly PlayedScenario[],
  ready: readonly Requirement[],
): ScenarioOutcomes {
  const own = played.flatMap(({ scenario }) =>
    ready.some(({ id }) => id === THEME + scenario.name) ? [] : [requirementFor(scenario)],
  );
  const ledger = new Ledger([...ready, ...own]);
  for (const { id } of ready) ledger.notChecked(id, NOT_PLAYED);
  const outcomes = played.map((one) => {
    const handled = isHandled(one);
    const requirement = THEME + one.scenario.name;
    if (handled) ledger.held(requirement, {});
    else {
      ledger.broke(requirement, {});
      const told = { requirement, ...objection(one), exchange: null, trail: [], ofState: false };
      ledger.find(told, { caseName: one.scenario.name, path: null, example: null });
    }
    return { name: one.scenario.name, handled, exitCode: one.status };
  });
  return { outcomes, requirements: ledger.outcomes() };
}

function isHandled({ scenario, run, status, inTime }: PlayedScenario): boolean {
  return inTime && (scenario.exit === 'any' || status === 0) && brokenMusts(run).length === 0;
}

function brokenMusts({ judged }: ProxiedRun): readonly string[] {
  return [...judged.client, ...judged.target]
    .filter(({ requirement, status }) => status === 'fail' && requirement.level === 'must')
    .map(({ requirement }) => requirement.id);
}

function objection({ scenario, run, status, inTime }: PlayedScenario): { expected: string; actual: string } {
  const end = scenario.exit === 'any' ? 'the command to end within 60 seconds' : 'exit status 0';
  const musts = brokenMusts(run);
  const ended = inTime ? `exit status ${status}` : 'it had to be ended';
  return {
    expected: `${end}, and no must broken`,
    actual: musts.length === 0 ? ended : `${ended}, and ${musts.join(', ')} broken`,
  };
}

function requirementFor({ name, statement }: Scenario): Requirement {
  return {
    id: THEME + name,
    level: 'should',
    statement: `The client handles this: ${statement}`,
    source: { page: 'Error Handling' },
    needs: [],
    told: 'in turn',
  };
}
