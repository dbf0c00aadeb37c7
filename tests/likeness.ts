/**
 * Judges the mock with each of its variants, has a mock imitate what was observed, judges that, and compares the two.
 *
 * Usage: tsx tests/likeness.ts [PREFIX]
 */

import { judge } from '../judge/judge.js';
import { type MockOptions, startMock } from '../mock/service.js';
import { variants } from '../mock/variants/index.js';
import { compareVerdicts } from '../reports/comparison.js';
import type { Verdict } from '../reports/verdict.js';
import { loadContract } from '../spec/contract.js';

export async function judgedMock(options: MockOptions): Promise<Verdict> {
  const mock = await startMock(options);
  try {
    return await judge({
      target: {
        url: mock.url,
        embedded: true,
        credentials: mock.clients,
        accessToken: null,
        clientId: null,
        supply: async (status) => mock.seed(status),
      },
      contract: loadContract(),
      depth: 'smoke',
      seed: 5,
      strict: false,
      only: [],
      timeoutMs: 10_000,
      concurrency: 16,
      rate: null,
      replay: null,
    });
  } finally {
    await mock.close();
  }
}

/** What tells the mock with this variant from its double, a line each. */
async function differences(variant: string): Promise<string[]> {
  const original = await judgedMock({ variant });
  const { requirements, choices, onlyInA, onlyInB } = compareVerdicts(
    original,
    await judgedMock({ like: original.observations }),
  );
  return [
    ...[...requirements, ...choices].map(({ id, a, b }) => `${id}: ${a} | ${b}`),
    ...[...onlyInA, ...onlyInB].map((id) => `${id}: asked of one alone`),
  ];
}

async function tellAll(prefix: string): Promise<void> {
  const chosen = variants.filter(({ id }) => id.startsWith(prefix));
  let same = 0;
  for (const { id } of chosen) {
    const found = await differences(id);
    if (found.length === 0) same += 1;
    process.stdout.write(
      `${[`${found.length === 0 ? 'same' : 'differs'} ${id}`, ...found].join('\n    ')}\n`,
    );
  }
  process.stdout.write(`${same} of ${chosen.length} doubles are not to be told from their originals.\n`);
  if (same < chosen.length) process.exitCode = 1;
}

if (import.meta.filename === process.argv[1]) await tellAll(process.argv[2] ?? '');
