/** The default command: options without a command are those of `run`. */

/** Asked of the program as a whole. */
const GLOBAL = ['-h', '--help', '-V', '--version'];

/**
 * Commander's own default command would take a mistyped command for an argument of `run`, and could not suggest
 * the right one.
 *
 * @example withCommand(['--depth', 'smoke']) // ['run', '--depth', 'smoke']
 */
export function withCommand(args: readonly string[]): string[] {
  const [first] = args;
  const isOption = first?.startsWith('-') === true && !GLOBAL.includes(first);
  return first === undefined || isOption ? ['run', ...args] : [...args];
}
