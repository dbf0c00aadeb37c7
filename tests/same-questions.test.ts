/** One seed asks and observes the same, however fast the target and its cases are. */

import { expect, it } from 'vitest';
import { targetOf } from '../cli/embedded-target.js';
import type { Exchange } from '../fixtures/exchange.js';
import { judge } from '../judge/judge.js';
import { startMock } from '../mock/service.js';
import { loadContract } from '../spec/contract.js';

/** What makes one request another one: tokens, and which of the sessions in one state is asked for, aside. */
function question({ operation, request: { method, headers, body }, circumstances }: Exchange): string {
  const { session: _, referenceId: __, initiated: ___, ...asked } = circumstances;
  const told = headers.filter(([name]) => /^(accept|content-type|x-client-id)$/i.test(name));
  return JSON.stringify([operation, method, asked, told, operation === 'initiate' ? order(body) : null]);
}

const order = (body: string | null) =>
  (body ?? '').replace(/conformance-\d{8}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'a reference');

interface Asked {
  readonly questions: readonly string[];
  /** Without their examples, in which ids and times stand. */
  readonly observed: readonly (readonly [id: string, value: string])[];
}

async function asked(seed: number, latencyMs: number): Promise<Asked> {
  const mock = await startMock({ latencyMs });
  const questions: string[] = [];
  try {
    const { observations } = await judge({
      target: targetOf(mock),
      contract: loadContract(),
      depth: 'smoke',
      seed,
      strict: true,
      only: [],
      timeoutMs: 10_000,
      concurrency: 16,
      rate: null,
      replay: null,
      onExchange: (exchange) => {
        // How often a token is asked for hangs on how long it lives.
        if (exchange.operation !== 'authorize') questions.push(question(exchange));
      },
    });
    return { questions: questions.sort(), observed: observations.map(({ id, value }) => [id, value]) };
  } finally {
    await mock.close();
  }
}

it('asks and observes the same for the same seed, of a fast target and of a slow one, and asks else for another', async () => {
  const first = await asked(5, 0);
  expect(await asked(5, 3)).toEqual(first);
  expect((await asked(6, 0)).questions).not.toEqual(first.questions);
  expect(first.observed).toContainEqual(['success/statusDetails', '"CancelledByApi"']);
});
