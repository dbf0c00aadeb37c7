/** The session command: a program of the user's that supplies sessions, in statuses that no public call brings about. */

import { Secrets } from '../fixtures/secrets.js';
import type { SessionStatus, SessionSupply, SuppliedSession } from '../fixtures/target.js';
import { UserError } from '../spec/errors.js';
import { isObject } from '../spec/json-pointer.js';
import { type Ending, runInShell, type ShellLimits } from './shell.js';
import { suppliedSession } from './supplied-session.js';

const LIMITS: ShellLimits = { milliseconds: 30_000, bytes: 64 * 1024 };

/** What a shell says of a command that it cannot run, and of one that it cannot find. */
const CANNOT_RUN = [126, 127];

export interface SessionCommandOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Ends a command that is under way; it then has no session. */
  readonly signal: AbortSignal;
  readonly limits?: ShellLimits;
}

/**
 * The supply throws UserError where the command is broken. What the command prints on
 * standard output is never repeated: it holds tokens.
 *
 * @param command run through the system's shell, with `{"status":…}` on standard input
 */
export function sessionCommand(
  command: string,
  { env, signal, limits = LIMITS }: SessionCommandOptions,
): SessionSupply {
  return async (status) => {
    const ending = await runInShell(command, JSON.stringify({ status }), { env, signal, limits });
    return sessionOf({ ...ending, complaint: maskedBy(env, ending.complaint) }, status, limits);
  };
}

/** A command may complain with what it was given. */
function maskedBy(env: NodeJS.ProcessEnv, complaint: string): string {
  const secrets = new Secrets();
  for (const [name, value] of Object.entries(env))
    if (/PASSWORD|TOKEN|SECRET|KEY|HEADER/i.test(name) && value !== undefined) secrets.add(value);
  return secrets.mask(complaint);
}

function sessionOf(ending: Ending, status: SessionStatus, limits: ShellLimits): SuppliedSession | null {
  const broken = (what: string) => faulty(status, what, ending.complaint);
  switch (ending.kind) {
    case 'aborted':
      return null;
    case 'too-long':
      throw broken(`did not end within ${limits.milliseconds / 1000} seconds`);
    case 'too-much':
      throw broken(`printed more than ${limits.bytes / 1024} KB`);
    case 'not-run':
      throw broken(`could not be run (${ending.reason})`);
    case 'exited':
      if (CANNOT_RUN.includes(ending.exitStatus)) {
        throw broken(`could not be run (exit status ${ending.exitStatus})`);
      }
      return ending.exitStatus === 0 ? sessionIn(ending.output, broken) : null;
  }
}

function faulty(status: SessionStatus, what: string, complaint: string): UserError {
  const said = complaint === '' ? '' : ` It complained: ${complaint}`;
  return new UserError(
    `CONFORMANCE_SESSION_COMMAND, asked for a session that is ${status}, ${what}.${said}`,
    'Try it by hand: it reads {"status":…} and prints {"sessionId":…,"referenceId":…,"accessToken":…}.',
  );
}

function sessionIn(output: string, broken: (what: string) => UserError): SuppliedSession {
  const value = parsed(output);
  if (!isObject(value)) throw broken('printed something else than one JSON object');
  return suppliedSession(value, (what) => broken(`printed ${what}`));
}

function parsed(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}
