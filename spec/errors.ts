/** The error that a user can cause: one sentence that says what is wrong and where, and what to do about it. */

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
