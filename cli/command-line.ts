/** Runs the command that was asked for, and says in one place what went wrong. */

import { CommanderError } from 'commander';
import { NOT_JUDGED } from '../judge/exit-status.js';
import { complain } from './complaint.js';
import { program } from './program.js';
import { withCommand } from './with-command.js';

/**
 * Leaves the exit status in `process.exitCode`.
 * @param args without the names of the runtime and of the script
 */
export async function commandLine(args: readonly string[]): Promise<void> {
  try {
    await program().parseAsync(withCommand(args), { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) process.exitCode = 0;
    else {
      complain(error);
      process.exitCode = NOT_JUDGED;
    }
  }
}
