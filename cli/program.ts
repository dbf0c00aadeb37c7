/** The commands and their options, as `--help` shows them; what a command needs is loaded when it runs. */

import { Command, Help, Option } from 'commander';
import { depths } from '../fixtures/depth.js';
import { CONCURRENCY, TIMEOUT_MS } from '../judge/defaults.js';
import { readTool } from '../spec/tool.js';
import { decimalAbove0, list, notEmpty, wholeNumber } from './flag-values.js';
import { targetUrl } from './target-url.js';

/** What the timers of Node.js and the seeds of fast-check hold. */
const LARGEST = 2 ** 31 - 1;

export function program(): Command {
  const { name, version } = readTool();
  const root = new Command(name)
    .description('Judges whether a running service keeps the published contract of Cancel Session.')
    .version(version)
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .configureHelp({ optionDescription: descriptionOf });
  addRun(root);
  addMock(root);
  addProxy(root);
  addRequirements(root);
  addDoctor(root);
  addInit(root);
  addReport(root);
  addMerge(root);
  addCompare(root);
  return root;
}

/** A flag is off and a list is empty by default: that goes without saying. */
function descriptionOf(option: Option): string {
  return new Help().optionDescription(option).replace(/ ?\(default: (?:false|\[\])\)$/, '');
}

function addRun(root: Command): void {
  const run = root
    .command('run')
    .description('judge a target; without --target, the embedded mock (the default command)');
  addTarget(run)
    .option('--print-config', 'show what is in force and where it comes from, and end', false)
    .addOption(new Option('--depth <depth>', 'how much to ask').choices(depths).default('standard'))
    .option(
      '--seed <number>',
      'the same seed asks the same questions (default: random)',
      wholeNumber(0, LARGEST),
    )
    .option('--strict', 'let broken shoulds decide as well', false)
    .option('--only <ids>', 'requirement ids or prefixes, comma-separated or repeated', list, [])
    .option(
      '--runs <number>',
      'runs of each property (default: as the depth has it)',
      wholeNumber(1, LARGEST),
    )
    .option(
      '--max-sessions <number>',
      'sessions made, at most (default: as the depth has it)',
      wholeNumber(1, LARGEST),
    )
    .option(
      '--max-duration <seconds>',
      'how long to go on asking, at most (default: no limit)',
      decimalAbove0,
    )
    .option('--timeout <ms>', 'milliseconds for one exchange', wholeNumber(1, LARGEST), TIMEOUT_MS)
    .option(
      '--concurrency <number>',
      'requests under way at once, at most',
      wholeNumber(1, LARGEST),
      CONCURRENCY,
    )
    .option('--rate <number>', 'requests a second, at most (default: no limit)', decimalAbove0)
    .option('--contract <file>', 'another revision of the OpenAPI document', notEmpty)
    .option('--replay <text>', 'ask again what led to a finding', notEmpty);
  addOutput(run)
    .addOption(new Option('--verbose', 'print each exchange in a line').default(false).conflicts('quiet'))
    .action(async (flags, command: Command) => {
      const { run } = await import('./run.js');
      process.exitCode = await run(flags, (name) => command.getOptionValueSource(name) === 'cli');
    });
}

/** What says which target, and how to get there. */
function addTarget(command: Command): Command {
  return addConnection(
    command.addOption(
      new Option(
        '--target <url>',
        'base URL of the service, or the name of a target in the configuration',
      ).argParser((text) => (/^[\w-]+$/.test(text) ? text : targetUrl(text, '--target'))),
    ),
  );
}

/** How to get to a target. */
function addConnection(command: Command): Command {
  return command
    .option(
      '--config <file>',
      'configuration (default: conformance.config.yaml, where there is one)',
      notEmpty,
    )
    .option('--i-own-this-target', 'its sessions may be cancelled, though it is neither local nor configured')
    .option('--ca <file>', 'certificates (PEM) to trust besides the public ones', notEmpty)
    .option('--insecure', "do not verify the target's certificate; the report says so");
}

/** Where a verdict goes. */
function addOutput(command: Command): Command {
  return command
    .option('--report-dir <folder>', 'where the reports are written', notEmpty, 'conformance-report')
    .option('--quiet', 'print the last line alone', false)
    .option('--json', 'print the verdict on standard output, everything else on standard error', false);
}

function addMock(root: Command): void {
  root
    .command('mock')
    .description('serve the embedded mock')
    .option('--port <number>', 'port to listen on; 0 for any that is free', wholeNumber(0, 65_535), 8080)
    .option('--latency <ms>', 'milliseconds added to every answer', wholeNumber(0, LARGEST), 0)
    .option('--fault <id>', 'break a requirement in this way', notEmpty)
    .option('--variant <id>', 'be unusual in this way, and keep every requirement', notEmpty)
    .option(
      '--scenario <name>',
      'what happens to the first cancels of each session: a name or a file',
      notEmpty,
    )
    .option(
      '--control-port <number>',
      "port of the API by which a client's tests make sessions, expire tokens and read the calls (default: none)",
      wholeNumber(0, 65_535),
    )
    .addOption(
      new Option('--like <verdict>', 'answer as the judged service did, where it was free to choose')
        .argParser(notEmpty)
        .conflicts('variant'),
    )
    .action(async (flags) => {
      const { serveMock } = await import('./mock.js');
      await serveMock(flags);
    });
}

function addProxy(root: Command): void {
  const command = root
    .command('proxy')
    .description('stand between a client and a target, the embedded mock by default, and judge both sides')
    .argument('[command...]', "the client's own tests, after --; run with CONFORMANCE_BASE_URL set");
  addTarget(command)
    .option('--port <number>', 'port to listen on; 0 for any that is free', wholeNumber(0, 65_535), 0)
    .option('--host <address>', 'address to listen on', notEmpty, '127.0.0.1')
    .option(
      '--scenario <names>',
      'play these as well, or all; names or files, comma-separated or repeated; only with the embedded mock',
      list,
      [],
    )
    .option('--strict', 'let broken shoulds decide as well', false);
  addOutput(command).action(async (words: readonly string[], flags) => {
    const { proxy } = await import('./proxy.js');
    process.exitCode = await proxy(words, flags);
  });
}

function addRequirements(root: Command): void {
  root
    .command('requirements')
    .description('list what is checked, with sources')
    .addOption(new Option('--json', 'as JSON').conflicts('markdown'))
    .option('--markdown', 'as Markdown')
    .action(async (flags) => {
      const { listRequirements } = await import('./requirements.js');
      listRequirements(flags);
    });
}

function addInit(root: Command): void {
  root
    .command('init')
    .description('write a commented configuration')
    .option('--ci', 'write a workflow for GitHub Actions as well', false)
    .action(async (flags) => {
      const { init } = await import('./init.js');
      init(flags);
    });
}

function addReport(root: Command): void {
  root
    .command('report')
    .description('render older verdicts again; of several, the latest with the history of all')
    .argument('<dir...>', 'report directories, or verdict files')
    .option('--report-dir <folder>', 'where to render (default: where the latest verdict is)', notEmpty)
    .action(async (places: readonly string[], flags) => {
      const { report } = await import('./report.js');
      await report(places, flags);
    });
}

function addDoctor(root: Command): void {
  const command = root
    .command('doctor')
    .description('is the target reachable, are the credentials right, can a session be made');
  addTarget(command)
    .option('--timeout <ms>', 'milliseconds for one exchange', wholeNumber(1, LARGEST), TIMEOUT_MS)
    .option('--json', 'as JSON', false)
    .action(async (flags) => {
      const { doctor } = await import('./doctor.js');
      process.exitCode = await doctor(flags);
    });
}

function addMerge(root: Command): void {
  const command = root
    .command('merge')
    .description('one verdict from a run split over machines')
    .argument('<dir...>', 'report directories of the parts, or their verdict files');
  addOutput(command).action(async (places: readonly string[], flags) => {
    const { merge } = await import('./merge.js');
    process.exitCode = await merge(places, flags);
  });
}

function addCompare(root: Command): void {
  const command = root
    .command('compare')
    .description('what two runs disagree on; exit status 0 the same, 1 different, 2 could not compare')
    .argument('<a>', 'a report directory, a verdict file, or a URL or a configured target to judge now')
    .argument('<b>', 'another one')
    .addOption(
      new Option('--depth <depth>', 'how much to ask (default: that of the other side)').choices(depths),
    )
    .option('--seed <number>', 'which questions (default: that of the other side)', wholeNumber(0, LARGEST));
  addConnection(command)
    .addOption(new Option('--json', 'as JSON').conflicts('markdown'))
    .option('--markdown', 'as Markdown')
    .action(async (a: string, b: string, flags) => {
      const { compare } = await import('./compare.js');
      process.exitCode = await compare(a, b, flags);
    });
}
