/** A target of the user's: what the environment says of how to reach it, checked before anything is sent. */

import type { Connection, Credentials, PageSettings, SessionSupply, Target } from '../fixtures/target.js';
import { UserError } from '../spec/errors.js';
import type { NamedTarget } from './configuration.js';
import type { Environment } from './environment.js';
import { preparedSessions } from './prepared-sessions.js';
import { sessionCommand } from './session-command.js';
import { isToken } from './supplied-session.js';

/** How a target is reached: its URL, and what the configuration says of it. */
export interface Route {
  readonly url: string;
  /** Empty for a target that the configuration does not name. */
  readonly named: Partial<NamedTarget>;
  readonly connection: Connection;
}

/**
 * @param signal ends a session command that is under way
 * @throws UserError where there is no way to get a token, or a variable is wrong
 */
export function foreignTarget(route: Route, environment: Environment, signal: AbortSignal): Target {
  const { credentials: variables = {}, session, page } = route.named;
  const username = variables.username ?? 'CONFORMANCE_USERNAME';
  const password = variables.password ?? 'CONFORMANCE_PASSWORD';
  const main = credentials(environment, username, password);
  const otherUsername = variables.otherUsername ?? 'CONFORMANCE_OTHER_USERNAME';
  const other = credentials(
    environment,
    otherUsername,
    variables.otherPassword ?? 'CONFORMANCE_OTHER_PASSWORD',
  );
  if (main && other && main.username === other.username)
    throw new UserError(
      `${otherUsername} names the same client as ${username}.`,
      'Name another client, or leave the second one out.',
    );
  const token = variables.accessToken ?? 'CONFORMANCE_ACCESS_TOKEN';
  const target: Target = {
    url: route.url,
    embedded: false,
    credentials: { ...(main && { main }), ...(other && { other }) },
    accessToken: sendable(environment, token),
    clientId: sendable(environment, variables.clientId ?? 'CONFORMANCE_CLIENT_ID'),
    supply: supply(route, environment, signal),
    connection: route.connection,
    ...(session && { sessionTemplate: session }),
    page: pageSettings(page),
  };
  if (main || target.accessToken !== null || target.supply !== null) return target;
  throw new UserError(
    'There are no credentials for the target.',
    `Set ${username} and ${password}, or ${token}, in the environment or in .env.`,
  );
}

function pageSettings(page: NamedTarget['page']): PageSettings | null {
  if (page === false) return null;
  return typeof page === 'object' ? page : {};
}

function supply({ named }: Route, environment: Environment, signal: AbortSignal): SessionSupply | null {
  const command = environment.get('CONFORMANCE_SESSION_COMMAND');
  if (command !== null) return sessionCommand(command, { env: environment.all, signal });
  return named.sessions === undefined ? null : preparedSessions(named.sessions);
}

/** @throws UserError where one of the two is set without the other */
function credentials(
  environment: Environment,
  usernameFrom: string,
  passwordFrom: string,
): Credentials | null {
  const username = environment.get(usernameFrom);
  const password = environment.get(passwordFrom);
  if (username !== null && password !== null) return { username, password };
  if (username === null && password === null) return null;
  const [given, missing] = username === null ? [passwordFrom, usernameFrom] : [usernameFrom, passwordFrom];
  throw new UserError(`${given} is set, and ${missing} is not.`, 'Set both, or neither.');
}

/** @throws UserError that does not repeat the value */
function sendable(environment: Environment, name: string): string | null {
  const value = environment.get(name);
  if (value === null || isToken(value)) return value;
  throw new UserError(
    `${name} holds a space or a character that a header cannot carry.`,
    'Set it without quotes, line breaks and "Bearer".',
  );
}
