/** A target of the user's: what the environment says of how to reach it, checked before anything is sent. */

import type { Credentials, Target } from '../fixtures/target.js';
import { UserError } from '../spec/errors.js';
import type { Environment, VariableName } from './environment.js';
import { isToken, sessionCommand } from './session-command.js';

/**
 * @param signal ends a session command that is under way
 * @throws UserError where there is no way to get a token, or a variable is wrong
 */
export function foreignTarget(url: string, environment: Environment, signal: AbortSignal): Target {
  const main = credentials(environment, 'CONFORMANCE_USERNAME', 'CONFORMANCE_PASSWORD');
  const other = credentials(environment, 'CONFORMANCE_OTHER_USERNAME', 'CONFORMANCE_OTHER_PASSWORD');
  const command = environment.get('CONFORMANCE_SESSION_COMMAND');
  const target: Target = {
    url,
    embedded: false,
    credentials: { ...(main && { main }), ...(other && { other }) },
    accessToken: sendable(environment, 'CONFORMANCE_ACCESS_TOKEN'),
    clientId: sendable(environment, 'CONFORMANCE_CLIENT_ID'),
    supply: command === null ? null : sessionCommand(command, { env: environment.all, signal }),
  };
  if (main || target.accessToken !== null || target.supply !== null) return target;
  throw new UserError(
    'There are no credentials for the target.',
    'Set CONFORMANCE_USERNAME and CONFORMANCE_PASSWORD, or CONFORMANCE_ACCESS_TOKEN, in the environment or in .env.',
  );
}

/** @throws UserError where one of the two is set without the other */
function credentials(
  environment: Environment,
  usernameFrom: VariableName,
  passwordFrom: VariableName,
): Credentials | null {
  const username = environment.get(usernameFrom);
  const password = environment.get(passwordFrom);
  if (username !== null && password !== null) return { username, password };
  if (username === null && password === null) return null;
  const [given, missing] = username === null ? [passwordFrom, usernameFrom] : [usernameFrom, passwordFrom];
  throw new UserError(`${given} is set, and ${missing} is not.`, 'Set both, or neither.');
}

/** @throws UserError that does not repeat the value */
function sendable(environment: Environment, name: VariableName): string | null {
  const value = environment.get(name);
  if (value === null || isToken(value)) return value;
  throw new UserError(
    `${name} holds a space or a character that a header cannot carry.`,
    'Set it without quotes, line breaks and "Bearer".',
  );
}
