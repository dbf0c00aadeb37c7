#!/usr/bin/env node

/** The command as a process of its own. */

import { NOT_JUDGED } from '../judge/exit-status.js';
import { commandLine } from './command-line.js';
import { complain } from './complaint.js';

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

await commandLine(process.argv.slice(2));
