/**
 * Mutants that nobody chose: judges the mock with each mutant that Stryker makes of the code that the contract speaks
 * of, and fails where fewer than 95 % of those die that no explanation calls equivalent.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { list, wholeNumber } from '../../cli/flag-values.js';
import type { Depth } from '../../fixtures/depth.js';
import { packageRoot } from '../../spec/package-root.js';
import { explains, loadExplanations } from './explanations.js';
import { type Fate, tryMutant } from './mutant-trial.js';
import { type Mutant, mutateSources } from './mutated-sources.js';

interface Flags {
  readonly only: readonly string[];
  readonly atOnce: number;
  readonly seed: number;
  readonly write?: string;
}

interface Row extends Fate {
  readonly mutant: Mutant;
}

/** Per cent of the mutants that no explanation calls equivalent. */
const ENOUGH = 95;

const flags = new Command('npm run trust:mutants --')
  .description('Tries the harness on the mock with every mutant of Stryker.')
  .option('--only <files>', 'files whose paths begin so, say mock/tokens', list, [])
  .option('--at-once <number>', 'mutants', wholeNumber(1, 64), availableParallelism() + 1)
  .option('--seed <number>', 'of every run', wholeNumber(0, 2 ** 31), 1)
  .option('--write <file>', 'write the table there, as Markdown')
  .parse()
  .opts<Flags>();

const explanations = loadExplanations();
const sources = await mutateSources();
process.once('exit', sources.remove);
const wanted = ({ file }: Mutant) =>
  flags.only.length === 0 || flags.only.some((prefix) => file.startsWith(prefix));
const mutants = sources.mutants.filter(wanted);

const plain = await tryMutant(sources.module, null, 'standard', flags.seed);
if (plain.fate !== 'survived') throw new Error(`The mock without a mutant: ${plain.by.join(' ')}`);

/** Most fall to little; what survives that is asked more. */
async function judged(mutant: Mutant): Promise<Row> {
  const depths: readonly Depth[] = ['smoke', 'standard'];
  let fate: Fate | undefined;
  for (const depth of depths) {
    fate = await tryMutant(sources.module, mutant.id, depth, flags.seed);
    if (fate.fate === 'killed') break;
  }
  if (fate === undefined) throw new Error('There are no depths.');
  return { mutant, ...fate };
}

const rows: Row[] = [];
const waiting = [...mutants];
async function lane(): Promise<void> {
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const row = await judged(mutant);
    rows.push(row);
    if (row.fate === 'survived') console.log(`[${rows.length}/${mutants.length}] ${shown(mutant)}`);
  }
}
await Promise.all(Array.from({ length: flags.atOnce }, lane));
rows.sort((a, b) => mutants.indexOf(a.mutant) - mutants.indexOf(b.mutant));

function shown({ file, line, code, mutator, original, replacement }: Mutant): string {
  const change = `${original.slice(0, 90)}  →  ${replacement.slice(0, 90)}`;
  return `survives: ${file}:${line} ${mutator}\n    ${code}\n    ${change}`;
}

const explanationOf = ({ mutant }: Row) => explanations.find((one) => explains(one, mutant));
const survivors = rows.filter(({ fate }) => fate === 'survived');
const explained = survivors.filter((row) => explanationOf(row) !== undefined);
const open = survivors.filter((row) => explanationOf(row) === undefined);
const unusable = rows.filter(({ fate }) => fate === 'unusable');
const others = rows.length - explained.length;
const share = (100 * (others - open.length)) / others;
const stale = explanations.filter(
  (one) =>
    mutants.some(({ file }) => file === one.mutants.file) &&
    !survivors.some(({ mutant }) => explains(one, mutant)),
);

const sum = [
  `${rows.length} mutants: ${others - open.length} die (${unusable.length} of them make a service that no run can judge),`,
  `${explained.length} are explained as equivalent, ${open.length} survive.`,
  `Of those not explained ${share.toFixed(1)} % die.`,
].join(' ');
console.log(`\n${sum}`);
for (const { mutant } of open) console.log(shown(mutant));
for (const { mutants: of, reason } of stale)
  console.log(`An explanation is stale, no survivor is so: ${JSON.stringify(of)} (${reason})`);

if (flags.write !== undefined) {
  const file = join(packageRoot, flags.write);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, table());
}
process.exitCode = share >= ENOUGH && stale.length === 0 ? 0 : 1;

function table(): string {
  const cell = (text: string) =>
    `\`${text.slice(0, 80).replaceAll('|', '\\|').replaceAll('`', "'") || ' '}\``;
  const outcome = (row: Row) => {
    if (row.fate === 'survived') return `survives: ${explanationOf(row)?.reason ?? '**not explained**'}`;
    return row.fate === 'killed'
      ? `dies by ${row.by.slice(0, 3).map(cell).join(' ')}`
      : 'no run can judge it';
  };
  return [
    '# Mutants',
    '',
    `Made by \`npm run trust:mutants\`, with the seed ${flags.seed}: ${sum}`,
    '',
    '| Where | Mutator | Original | Replacement | Fate |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => {
      const { file, line, mutator, original, replacement } = row.mutant;
      return `| ${file}:${line} | ${mutator} | ${cell(original)} | ${cell(replacement)} | ${outcome(row)} |`;
    }),
    '',
  ].join('\n');
}
