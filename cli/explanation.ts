/** What a person is told of an error: one line, with what to do, and never a stack trace. */

import { CommanderError } from 'commander';
import { plain } from '../reports/plain-text.js';
import { ownFault, UserError } from '../spec/errors.js';

/** @example explanation(new UserError('The port is in use.', 'Choose another.')) // 'The port is in use. Choose another.' */
export function explanation(error: unknown): string {
  if (error instanceof UserError) return plain(error.message);
  if (error instanceof CommanderError) return plain(usage(error));
  return plain(ownFault(error));
}

/** Commander writes `error: unknown option '--sed'`, a line break, and a suggestion. */
function usage({ code, message }: CommanderError): string {
  const text = withoutOperands(message.replace(/^error: /, '').replaceAll('\n', ' '));
  const sentence = text.charAt(0).toUpperCase() + text.slice(1).replace(/(?<![.)])$/, '.');
  return code === 'commander.invalidArgument' ? sentence : `${sentence} ${hint(sentence)}`;
}

/** A URL without its flag is the likeliest stray argument. */
function hint(sentence: string): string {
  return /for 'run'|'…'/.test(sentence)
    ? 'Give the target with --target URL.'
    : 'cancel-conformance --help lists what there is.';
}

/** A URL, or the value of an unknown option, may hold a password. */
function withoutOperands(text: string): string {
  return text.replace(/'(-[^=']*)=[^']*'/, "'$1'").replace(/'[^']*(?:\/\/|@)[^']*'/, "'…'");
}
