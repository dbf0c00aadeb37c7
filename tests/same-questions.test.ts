/** One seed asks the same questions, however fast the target and its cases are. */

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
  (body ?? '').replace(/conformance-[0-9a-f]{8}/gi, 'conformance-reference');

async function questionsOf(seed: number, latencyMs: number): Promise<string[]> {
  const mock = await startMock({ latencyMs });
  const questions: string[] = [];
  try {
    await judge({
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
  } finally {
    await mock.close();
  }
  return questions.sort();
}

it('asks the same for the same seed, of a fast target and of a slow one, and else for another', async () => {
  const first = await questionsOf(5, 0);
  expect(await questionsOf(5, 3)).toEqual(first);
  expect(await questionsOf(6, 0)).not.toEqual(first);
});
