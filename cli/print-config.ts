/** What `--print-config` shows: every setting in force, and where its value comes from. Secrets are masked. */

import { MASK } from '../fixtures/secrets.js';
import { plain } from '../reports/plain-text.js';
import { choice } from './chosen-target.js';
import type { Configuration } from './configuration.js';
import type { Environment } from './environment.js';
import { CONFIGURABLE, type Settled } from './settings.js';

/** Variables and whether their values are secrets. */
const VARIABLES = {
  CONFORMANCE_USERNAME: false,
  CONFORMANCE_PASSWORD: true,
  CONFORMANCE_OTHER_USERNAME: false,
  CONFORMANCE_OTHER_PASSWORD: true,
  CONFORMANCE_ACCESS_TOKEN: true,
  CONFORMANCE_CLIENT_ID: false,
  // A command may hold a password.
  CONFORMANCE_SESSION_COMMAND: true,
} as const;

/** Of networks; a proxy's URL may hold a password. */
const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'];

export function settingsInForce(
  settled: Settled,
  configuration: Configuration,
  environment: Environment,
): string {
  const chosen = choice(settled.flags.target, environment, configuration);
  const named = chosen === null ? undefined : configuration.values.targets?.[chosen.text];
  const rows: [name: string, value: string, from: string][] = [
    ['configuration', configuration.file ?? 'none', settled.flags.config === undefined ? 'default' : 'flag'],
    ['target', withoutPassword(chosen?.text ?? 'the embedded mock'), chosen?.from ?? 'default'],
    ...Object.entries(named ?? {}).map(([name, value]): [string, string, string] => [
      `target.${name}`,
      withoutPassword(typeof value === 'string' ? value : JSON.stringify(value)),
      String(configuration.file),
    ]),
    ...CONFIGURABLE.map((name): [string, string, string] => [
      name,
      String(settled.flags[name] ?? 'none'),
      settled.sourceOf(name),
    ]),
    ...(configuration.values.waivers === undefined
      ? []
      : [['waivers', configuration.values.waivers, String(configuration.file)] as [string, string, string]]),
    ...Object.entries(VARIABLES).map(([name, secret]): [string, string, string] => {
      const value = environment.get(name);
      if (value === null) return [name, 'not set', 'default'];
      return [name, secret ? MASK : value, environment.sourceOf(name)];
    }),
    ...PROXIES.map((name): [string, string, string] => {
      const value = process.env[name] ?? process.env[name.toLowerCase()];
      return value === undefined || value === ''
        ? [name, 'not set', 'default']
        : [name, withoutPassword(value), 'environment'];
    }),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value, from]) => `${name.padEnd(width)}  ${plain(value)}  (${from})\n`).join('');
}

/** The user and the password of a URL are left out. */
function withoutPassword(text: string): string {
  return text.replace(/\/\/[^/@]*@/, `//${MASK}@`);
}
