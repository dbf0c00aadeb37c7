/** The command `proxy`: stands between a client and a target, and judges both sides. */

import { once } from 'node:events';
import type { IssuedToken } from '../fixtures/call.js';
import { Secrets } from '../fixtures/secrets.js';
import { DIRECT, type Target } from '../fixtures/target.js';
import { unfinishedVerdict } from '../judge/conclusion.js';
import { type Interruption, isInterruption } from '../judge/judge.js';
import type { Waiver } from '../judge/waivers.js';
import type { Scenario } from '../mock/scenario.js';
import { readyScenarios, scenarioNamed } from '../mock/scenarios/index.js';
import { type Mock, startMock } from '../mock/service.js';
import { judgeTraffic } from '../proxy/judging.js';
import { type RunningProxy, startProxy } from '../proxy/proxy.js';
import { isOfScenario, type PlayedScenario, scenarioOutcomes } from '../proxy/scenario-outcomes.js';
import { type ProxiedRun, type ProxiedVerdict, proxiedVerdict } from '../proxy/verdict.js';
import { ReportDirectory } from '../reports/report-directory.js';
import { harFile, rendered } from '../reports/report-files.js';
import { type Contract, loadContract } from '../spec/contract.js';
import { UserError } from '../spec/errors.js';
import { loadClientRequirements, loadRequirements } from '../spec/requirements.js';
import type { TargetFlags } from './chosen-target.js';
import { conclude } from './conclude.js';
import { readConfiguration } from './configuration.js';
import { type Environment, readEnvironment } from './environment.js';
import { explanation } from './explanation.js';
import { interruptions } from './interruption.js';
import { type CommandEnd, runCommand } from './proxied-command.js';
import { type ProxiedTarget, proxiedTarget } from './proxied-target.js';
import { sameAgain } from './same-again.js';
import { readWaivers } from './waivers-file.js';

export interface ProxyFlags extends TargetFlags {
  readonly config?: string;
  readonly port: number;
  readonly host: string;
  readonly scenario: readonly string[];
  readonly reportDir: string;
  readonly strict: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** A client that meets a scenario without end has so long to give up. */
const PATIENCE_MS = 60_000;

/**
 * @param words the client's command; none to listen until SIGINT or SIGTERM
 * @returns the exit status
 * @throws UserError where the proxy or the command cannot be started
 */
export async function proxy(words: readonly string[], flags: ProxyFlags): Promise<number> {
  const configuration = readConfiguration(flags.config);
  const environment = readEnvironment();
  const chosen = proxiedTarget(flags, environment, configuration);
  const scenarios = chosenScenarios(flags.scenario, chosen !== null, words.length > 0);
  const contract = loadContract();
  const waivers = readWaivers(configuration);
  const signal = words.length === 0 ? endings() : interruptions();
  const session = new ProxySession({ words, flags, environment, chosen, contract, waivers });
  const unfinished = {
    ...unfinishedVerdict({ ...session.common, seed: 0, depth: 'standard' }),
    scenarios: [],
  };
  const directory = await ReportDirectory.open(
    flags.reportDir,
    new Map([...rendered(unfinished), ...harFile([])]),
  );
  try {
    const { verdict, exchanges } = await session.run(scenarios, signal).catch(async (error: unknown) => {
      const finishedAt = new Date().toISOString();
      await directory.write(rendered({ ...unfinished, reason: explanation(error), finishedAt }));
      throw error;
    });
    return await conclude(
      { verdict: { ...verdict, again: session.mask(againOf(words, flags)) }, exchanges },
      directory,
      {
        ...flags,
        verbose: false,
      },
    );
  } finally {
    directory.close();
  }
}

/** @throws UserError where one of them cannot be played */
function chosenScenarios(
  names: readonly string[],
  isForeign: boolean,
  hasCommand: boolean,
): readonly Scenario[] {
  if (names.length === 0) return [];
  if (isForeign)
    throw new UserError(
      'Scenarios are played by the embedded mock alone.',
      'Leave --scenario out, or --target and CONFORMANCE_TARGET.',
    );
  const scenarios = names.includes('all') ? readyScenarios : names.map(scenarioNamed);
  if (scenarios.length > 1 && !hasCommand)
    throw new UserError(
      'Several scenarios take a command, which is run once for each.',
      'Give it after --, as in: cancel-conformance proxy --scenario all -- npm test',
    );
  return scenarios;
}

interface SessionOptions {
  readonly words: readonly string[];
  readonly flags: ProxyFlags;
  readonly environment: Environment;
  /** Null for the embedded mock. */
  readonly chosen: ProxiedTarget | null;
  readonly contract: Contract;
  readonly waivers: readonly Waiver[];
}

interface Pass {
  readonly run: ProxiedRun;
  readonly end: CommandEnd | null;
}

/** All runs of one client, one after the other. */
class ProxySession {
  readonly #startedAt = Date.now();
  readonly #secrets = new Secrets();
  readonly #tokens = new Map<string, IssuedToken>();
  readonly #clientRequirements = loadClientRequirements();
  readonly #catalogues = {
    client: this.#clientRequirements.filter((requirement) => !isOfScenario(requirement)),
    target: loadRequirements(),
  };
  #target: Target;

  constructor(readonly options: SessionOptions) {
    this.#target = options.chosen?.target ?? EMBEDDED;
    const { headers } = this.#target.connection ?? DIRECT;
    for (const secret of [...this.#passwords, ...headers.map(([, value]) => value)])
      this.#secrets.add(secret);
  }

  /** A command line may hold what the environment should. */
  mask(text: string): string {
    return this.#secrets.mask(text);
  }

  get common() {
    const { contract, flags } = this.options;
    return { target: this.#target, contract, strict: flags.strict };
  }

  get #passwords(): readonly string[] {
    const { chosen } = this.options;
    if (chosen === null) return [];
    const { accessToken } = chosen.target;
    return [...chosen.passwords, ...(accessToken === null ? [] : [accessToken])];
  }

  /** @param signal what ends the command, or where there is none the listening */
  async run(scenarios: readonly Scenario[], signal: AbortSignal): Promise<ProxiedVerdict> {
    const { words, waivers } = this.options;
    if (words.length === 0) {
      const { run } = await this.#pass(scenarios[0] ?? null, (place) => listening(place, signal));
      return proxiedVerdict({ ...this.#ending([run], [], null, null), waivers });
    }
    const plain = await this.#pass(null, (place) => this.#command(place, null, signal));
    const played: PlayedScenario[] = [];
    for (const scenario of scenarios) {
      if (signal.aborted) break;
      const { run, end } = await this.#pass(scenario, (place) => this.#command(place, scenario, signal));
      if (!signal.aborted && end !== null) played.push({ scenario, run, ...end });
    }
    const runs = [plain.run, ...played.map(({ run }) => run)];
    const interruption: unknown = signal.aborted ? signal.reason : null;
    const told = isInterruption(interruption) ? interruption : null;
    return proxiedVerdict({ ...this.#ending(runs, played, plain.end?.status ?? null, told), waivers });
  }

  #ending(
    runs: readonly ProxiedRun[],
    played: readonly PlayedScenario[],
    commandStatus: number | null,
    interruption: Interruption | null,
  ) {
    const { outcomes, requirements } = scenarioOutcomes(
      played,
      this.#clientRequirements.filter(isOfScenario),
    );
    return {
      ...this.common,
      secrets: this.#secrets,
      startedAt: this.#startedAt,
      runs,
      scenarios: outcomes,
      scenarioRequirements: requirements,
      commandStatus,
      interruption,
    };
  }

  /** One run of the client, against a mock that knows nothing of the run before. */
  async #pass(scenario: Scenario | null, use: (place: Place) => Promise<CommandEnd | null>): Promise<Pass> {
    const { flags, chosen, contract } = this.options;
    const mock = chosen === null ? await startMock(scenario === null ? {} : { scenario }) : null;
    try {
      if (mock !== null) this.#meet(mock);
      const { port, host } = flags;
      const proxy = await startProxy({
        target: mock?.url ?? this.#target.url,
        ...(this.#target.connection && { connection: this.#target.connection }),
        pathTemplate: contract.pathTemplate,
        port,
        host,
        marked: scenario !== null,
      });
      const end = await use({ proxy, mock, scenario }).finally(() => proxy.close());
      return { run: this.#judged(proxy, scenario), end };
    } finally {
      await mock?.close();
    }
  }

  #meet({ url, clients }: Mock): void {
    if (this.#target === EMBEDDED) this.#target = { ...EMBEDDED, url };
    for (const { password } of Object.values(clients)) this.#secrets.add(password);
  }

  #judged(proxy: RunningProxy, scenario: Scenario | null): ProxiedRun {
    const passed = proxy.traffic();
    const { contract, chosen } = this.options;
    const judged = judgeTraffic(passed, scenario?.name ?? null, this.#catalogues, {
      contract,
      givenToken: chosen?.target.accessToken ?? null,
      earlierTokens: this.#tokens,
      secrets: this.#passwords,
    });
    for (const [value, token] of judged.traffic.tokens) this.#tokens.set(value, token);
    return { passed, judged };
  }

  #command({ proxy, mock }: Place, scenario: Scenario | null, signal: AbortSignal): Promise<CommandEnd> {
    const { words, flags, environment } = this.options;
    if (!flags.quiet)
      process.stderr.write(
        `${scenario === null ? 'Plainly' : `Scenario ${scenario.name}`}: ${this.mask(words.join(' '))}\n`,
      );
    return runCommand(words, {
      env: { ...environmentFor(environment, mock), CONFORMANCE_BASE_URL: proxy.url },
      aside: flags.json,
      signal,
      limitMs: scenario?.exit === 'any' ? PATIENCE_MS : null,
    });
  }
}

interface Place {
  readonly proxy: RunningProxy;
  /** Null where the target is the user's. */
  readonly mock: Mock | null;
  readonly scenario: Scenario | null;
}

/** Until a mock has begun to listen. */
const EMBEDDED: Target = {
  url: 'http://127.0.0.1',
  embedded: true,
  credentials: {},
  accessToken: null,
  clientId: null,
  supply: null,
};

/** What the command finds: the user's own, and with the mock its credentials in place of all others. */
function environmentFor({ all }: Environment, mock: Mock | null): NodeJS.ProcessEnv {
  if (mock === null) return all;
  const { CONFORMANCE_ACCESS_TOKEN: _token, ...rest } = all;
  const { username, password } = mock.clients.main;
  return { ...rest, CONFORMANCE_USERNAME: username, CONFORMANCE_PASSWORD: password };
}

/** Without a command: listens until it is told to end, and then judges. */
async function listening({ proxy, mock, scenario }: Place, signal: AbortSignal): Promise<null> {
  const credentials =
    mock === null
      ? ''
      : `  CONFORMANCE_USERNAME=${mock.clients.main.username} CONFORMANCE_PASSWORD=${mock.clients.main.password}\n`;
  const played = scenario === null ? '' : ` under the scenario ${scenario.name}`;
  process.stderr.write(
    `The proxy listens on ${proxy.url}${played}; Ctrl+C ends it, and judges. For a client:\n\n` +
      `  CONFORMANCE_BASE_URL=${proxy.url}\n${credentials}\n`,
  );
  if (!signal.aborted) await once(signal, 'abort');
  return null;
}

/** What ends the listening is no interruption. */
function endings(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

function againOf(words: readonly string[], flags: ProxyFlags): string {
  return sameAgain('proxy', flags, [
    ...(flags.scenario.length === 0 ? [] : ['--scenario', flags.scenario.join(',')]),
    ...(words.length === 0 ? [] : ['--', ...words]),
  ]);
}
