/** Runs a client through a proxy before the mock, in this process, and judges what passed through. */

import { scenarioNamed } from '../mock/scenarios/index.js';
import { type Credentials, type Mock, type MockOptions, startMock } from '../mock/service.js';
import { type JudgedTraffic, judgeTraffic } from '../proxy/judging.js';
import { startProxy, type Traffic } from '../proxy/proxy.js';
import { isOfScenario } from '../proxy/scenario-outcomes.js';
import { loadContract } from '../spec/contract.js';
import { loadClientRequirements, loadRequirements } from '../spec/requirements.js';

interface ClientEnvironment extends Credentials {
  readonly baseUrl: string;
}

export type Client = (environment: ClientEnvironment) => Promise<unknown>;

export interface Proxied {
  readonly passed: Traffic;
  readonly judged: JudgedTraffic;
  /** Ids of requirements that were broken, of either side. */
  readonly broken: readonly string[];
  /** Why the client failed; null where it did not. */
  readonly failure: unknown;
}

const contract = loadContract();
const { pathTemplate } = contract;

interface Options {
  /** The name of a scenario; null for none. */
  readonly scenario?: string | null;
  readonly credentials?: (mock: Mock) => Credentials;
  readonly mock?: MockOptions;
}

export async function proxied(client: Client, options: Options = {}): Promise<Proxied> {
  return judgedOf(await passedBy(client, options), options.scenario);
}

interface Passed {
  readonly passed: Traffic;
  readonly failure: unknown;
}

/** Judging takes a while, which a client that runs beside it would take for an answer that comes late. */
export async function passedBy(client: Client, options: Options = {}): Promise<Passed> {
  const { scenario = null, credentials = ({ clients }) => clients.main, mock: mockOptions = {} } = options;
  const mock = await startMock({
    ...mockOptions,
    ...(scenario !== null && { scenario: scenarioNamed(scenario) }),
  });
  const proxy = await startProxy({ target: mock.url, pathTemplate, marked: scenario !== null });
  let failure: unknown = null;
  try {
    await client({ baseUrl: proxy.url, ...credentials(mock) });
  } catch (error) {
    failure = error;
  } finally {
    await proxy.close();
    await mock.close();
  }
  return { passed: proxy.traffic(), failure };
}

export function judgedOf({ passed, failure }: Passed, scenario: string | null = null): Proxied {
  const judged = judgeTraffic(
    passed,
    scenario,
    { client: loadClientRequirements().filter((one) => !isOfScenario(one)), target: loadRequirements() },
    { contract, givenToken: null, earlierTokens: new Map(), secrets: [] },
  );
  const broken = [...judged.client, ...judged.target]
    .filter(({ status }) => status === 'fail')
    .map(({ requirement }) => requirement.id);
  return { passed, judged, broken, failure };
}
