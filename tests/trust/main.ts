/**
 * The kill matrix: judges the mock with every fault and every variant, and fails where a fault goes uncaught, a variant
 * is accused, a requirement catches nothing, or seeds disagree.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import { list, wholeNumber } from '../../cli/flag-values.js';
import { type Depth, depths } from '../../fixtures/depth.js';
import { chromiumPath, NO_CHROMIUM } from '../../fixtures/hosted-page/chromium.js';
import { packageRoot } from '../../spec/package-root.js';
import { assess, outcomeOf, wrongRows } from './assessment.js';
import { tryAll } from './processes.js';
import { checkable, type Subject, sample, spread, subjects } from './subjects.js';
import { table } from './table.js';

interface Flags {
  readonly depth: Depth;
  readonly seeds: readonly string[];
  readonly only: readonly string[];
  readonly sample?: number;
  readonly processes: number;
  readonly share?: number;
  readonly untilCaught: boolean;
  readonly write?: string;
}

const flags = new Command('npm run trust --')
  .description('Tries the harness on the mock with every fault and every variant.')
  .addOption(new Option('--depth <depth>', 'how much each run asks').choices(depths).default('standard'))
  .option('--seeds <numbers>', 'comma-separated, or a range as in 1-200; 1, 2 and 3 by default', list, [])
  .option('--only <prefixes>', 'faults and variants whose ids begin so', list, [])
  .option(
    '--sample <turn>',
    'a fault for every requirement and some variants; another turn chooses others',
    wholeNumber(0, 1e6),
  )
  .option('--processes <number>', 'at once', wholeNumber(1, 64), availableParallelism())
  .option('--share <percent>', 'be content with this share of the faults', wholeNumber(1, 100))
  .option('--until-caught', 'end the run of a fault when the requirement meant to catch it is broken', false)
  .option('--write <file>', 'write the table there, as Markdown')
  .parse()
  .opts<Flags>();

const seeds = flags.seeds.length === 0 ? [1, 2, 3] : flags.seeds.flatMap(rangeOf);
const chosen = (flags.sample === undefined ? subjects : sample(flags.sample)).filter(wanted);
const whole = flags.only.length === 0 && flags.sample === undefined;
const orders = seeds.flatMap((seed) =>
  spread(chosen).map((subject) => ({ subject, depth: flags.depth, seed, untilCaught: flags.untilCaught })),
);

/** @example rangeOf('3-5') // [3, 4, 5] */
function rangeOf(text: string): number[] {
  const [first = Number.NaN, last = first] = text.split('-').map(Number);
  if (!(first <= last)) throw new Error(`"${text}" names no seeds.`);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function wanted({ id }: Subject): boolean {
  return flags.only.length === 0 || flags.only.some((prefix) => id.startsWith(prefix));
}

/** So often it is said how far the matrix is. */
const SAID_EVERY = 100;

if (chromiumPath === null) console.log(`The hosted page goes untried. ${NO_CHROMIUM}`);

const levels = new Map(checkable.map(({ id, level }) => [id, level]));
let done = 0;
const results = await tryAll(orders, flags.processes, (result) => {
  done += 1;
  if (done % SAID_EVERY === 0) console.log(`[${done}/${orders.length}]`);
  if (outcomeOf(result.subject, [result], levels) === 'right') return;
  const { subject, seed, verdict, reason, failed, messages, notChecked } = result;
  console.log(
    `[${done}/${orders.length}] ${subject.kind} ${subject.id}, seed ${seed}: ${verdict} ${reason ?? ''}`,
  );
  console.log(`    breaks ${subject.breaks.join(' ') || 'nothing'}; failed ${failed.join(' ') || 'nothing'}`);
  for (const one of notChecked) console.log(`    not checked ${one}`);
  for (const message of messages.slice(0, 3)) console.log(`    ${message.slice(0, 300)}`);
});

const assessment = assess(results, checkable, whole);
const wrong = wrongRows(assessment);
const faultRows = assessment.rows.filter(({ subject }) => subject.kind === 'fault');
const missed = faultRows.filter(({ outcome }) => outcome !== 'right');
const accused = wrong.filter(({ outcome }) => outcome === 'accused');

console.log(`\n${faultRows.length - missed.length} of ${faultRows.length} faults caught with every seed.`);
console.log(`${accused.length} of ${assessment.rows.length - faultRows.length} conformant servers accused.`);
for (const { subject, outcome, beside } of wrong)
  console.log(`  ${outcome}: ${subject.id}${beside.length > 0 ? ` (failed: ${beside.join(' ')})` : ''}`);
for (const id of assessment.idle) console.log(`  ${id} catches no fault.`);

if (flags.write !== undefined) {
  const file = join(packageRoot, flags.write);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, table(assessment, { ...flags, seeds }));
}

const enough =
  flags.share === undefined
    ? missed.length === 0 && assessment.idle.length === 0
    : (faultRows.length - missed.length) * 100 >= flags.share * faultRows.length;
process.exitCode = enough && accused.length === 0 ? 0 : 1;
