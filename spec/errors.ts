/** Errors in words: those that a user can cause, and those that are this program's own. */

/** Thrown where the cause is known, printed in one place (the command line), never with a stack trace. */
export class UserError extends Error {
  override readonly name: string = 'UserError';

  /**
   * @param sentence what is wrong, and where
   * @param hint what to do
   */
  constructor(
    readonly sentence: string,
    readonly hint: string,
  ) {
    super(`${sentence} ${hint}`);
  }
}

/** The code of an error of the system, say `ENOENT`. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

const OWN_FAULT = 'It failed through a fault of its own, which says nothing of the target';

/** What a person is told of an error that nobody foresaw. */
export function ownFault(error: unknown): string {
  return `${OWN_FAULT} (${nameOf(error)}): please report this as a bug, with the command line.`;
}

export const isOwnFault = (reason: string): boolean => reason.startsWith(OWN_FAULT);

/** The message of an unexpected error helps to find it; what in it could be a token is left out. */
function nameOf(error: unknown): string {
  return String(error)
    .replace(/\s+/g, ' ')
    .replace(/[^\s'"`()]{24,}/g, '…')
    .slice(0, 200);
}
