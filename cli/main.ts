#!/usr/bin/env node
/** The command line: runs the command that was asked for, and says in one place what went wrong. */

import { CommanderError } from 'commander';
import { explanation } from './explanation.js';
import { program } from './program.js';
import { withCommand } from './with-command.js';

/** It could not be judged; never a verdict on the target. */
const NOT_JUDGED = 2;

/** A reader that goes away early (`| head`) ends the output and nothing else. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = NOT_JUDGED;
  });
}

/** An error that nobody waits for ends the process as any other does. */
process.on('uncaughtException', (error) => {
  complain(error);
  process.exit(NOT_JUDGED);
});

function complain(error: unknown): void {
  process.stderr.write(`cancel-conformance: ${explanation(error)}\n`);
}

try {
  await program().parseAsync(withCommand(process.argv.slice(2)), { from: 'user' });
} catch (error) {
  if (error instanceof CommanderError && error.exitCode === 0) process.exitCode = 0;
  else {
    complain(error);
    process.exitCode = NOT_JUDGED;
  }
}
