/** What a person is told of an error: one line, with what to do, and never a stack trace. */

import { CommanderError } from 'commander';
import { plain } from '../reports/plain-text.js';
import { UserError } from '../spec/errors.js';

/** @example explanation(new UserError('The port is in use.', 'Choose another.')) // 'The port is in use. Choose another.' */
export function explanation(error: unknown): string {
  if (error instanceof UserError) return plain(error.message);
  if (error instanceof CommanderError) return plain(usage(error));
  return plain(
    `It failed through a fault of its own, which says nothing of the target (${nameOf(error)}): please report this as a bug, with the command line.`,
  );
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

/** The message of an unexpected error helps to find it; what in it could be a token is left out. */
function nameOf(error: unknown): string {
  return String(error)
    .replace(/\s+/g, ' ')
    .replace(/[^\s'"`()]{24,}/g, '…')
    .slice(0, 200);
}
