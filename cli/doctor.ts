/** The command `doctor`: goes the way to a target step by step, and says what is missing and what to do about it. */

import { request } from '@playwright/test';
import { plans } from '../fixtures/depth.js';
import type { Exchange } from '../fixtures/exchange.js';
import { Run } from '../fixtures/run.js';
import { BrokeOff } from '../fixtures/stops.js';
import { DIRECT, type Target } from '../fixtures/target.js';
import { aftermath } from '../judge/aftermath.js';
import { NOT_JUDGED } from '../judge/exit-status.js';
import { plain } from '../reports/plain-text.js';
import { loadContract } from '../spec/contract.js';
import { UserError } from '../spec/errors.js';
import { loadRequirements } from '../spec/requirements.js';
import { chosenTarget, type TargetFlags } from './chosen-target.js';
import { readConfiguration } from './configuration.js';
import { diagnoseNetwork } from './doctor-network.js';
import { diagnoseService } from './doctor-service.js';
import type { Step, Tell } from './doctor-step.js';
import { interruptions } from './interruption.js';

export interface DoctorFlags extends TargetFlags {
  readonly config?: string;
  readonly timeout: number;
  readonly json: boolean;
}

/**
 * @returns the exit status: 0 where a run can judge the target, else 2
 * @throws UserError where it cannot begin
 */
export async function doctor(flags: DoctorFlags): Promise<number> {
  const signal = interruptions();
  const { target, close } = await chosenTarget(flags, signal, readConfiguration(flags.config));
  const steps: Step[] = [];
  const exchanges: Exchange[] = [];
  const run = await openRun(target, flags.timeout, (exchange) => exchanges.push(exchange));
  const tell: Tell = (name, status, text, advice) => {
    const mask = (one: string) => plain(run.secrets.mask(one));
    const step = { name, status, text: mask(text), advice: advice === undefined ? null : mask(advice) };
    steps.push(step);
    if (!flags.json) process.stdout.write(inWords(step));
  };
  try {
    tell('target', 'ok', target.embedded ? `${target.url} (the embedded mock)` : target.url);
    const reached = await diagnoseNetwork(target.url, target.connection ?? DIRECT, flags.timeout, tell);
    if (reached) await diagnoseService(run, exchanges, tell);
  } catch (error) {
    if (!(error instanceof BrokeOff || error instanceof UserError)) throw error;
    const [first = 'service'] = /^(?:Authorize|Initiate)/.exec(error.message) ?? [];
    tell(first, 'failed', error.message);
  } finally {
    const left = await aftermath(run, signal);
    if (left.length > 0)
      tell('clean-up', 'note', `These sessions could not be cancelled: ${left.join(', ')}`);
    await run.close();
    await close();
  }
  const ok = steps.every(({ status }) => status !== 'failed');
  const end = ok ? 'A run can judge the target.' : 'A run cannot judge the target yet.';
  process.stdout.write(flags.json ? `${JSON.stringify({ ok, steps }, null, 2)}\n` : `\n${end}\n`);
  return ok ? 0 : NOT_JUDGED;
}

const MARKS = { ok: '✓', note: '!', failed: '✗' } as const;

function inWords({ name, status, text, advice }: Step): string {
  const then = advice === null ? '' : `\n                  ${advice}`;
  return `${MARKS[status]} ${name.padEnd(14)}  ${text}${then}\n`;
}

async function openRun(
  target: Target,
  timeoutMs: number,
  onExchange: (exchange: Exchange) => void,
): Promise<Run> {
  const plan = { ...plans.smoke, opensPage: true };
  const { maxSessions, patienceMs } = plan;
  return new Run(
    {
      target,
      contract: loadContract(),
      requirements: loadRequirements(),
      limits: { timeoutMs, concurrency: 2, rate: null, maxSessions, patienceMs },
      plan,
      stock: { ...plan.stock, size: 0 },
      seed: 0,
      selected: () => true,
      onExchange,
    },
    await request.newContext(),
  );
}
