/** How to get to a target: the proxy that the environment names, certificates, and headers of a gateway. */

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { createSecureContext } from 'node:tls';
import { getProxyForUrl } from 'proxy-from-env';
import type { ClientCertificate, Connection } from '../fixtures/target.js';
import { quoted } from '../reports/plain-text.js';
import { systemCode, UserError } from '../spec/errors.js';
import type { NamedTarget } from './configuration.js';
import type { Environment } from './environment.js';

/** What flags say of it; they go before the configuration. */
export interface ConnectionFlags {
  readonly ca?: string;
  readonly insecure?: boolean;
}

/** @throws UserError where a file or a variable is missing or wrong */
export function connectionTo(
  url: string,
  named: Partial<NamedTarget>,
  flags: ConnectionFlags,
  environment: Environment,
): Connection {
  const ca = flags.ca ?? named.ca;
  return {
    proxy: proxyFor(url),
    ca: ca === undefined ? null : certificatesIn(ca),
    clientCertificate: clientCertificate(named, environment),
    insecure: flags.insecure ?? named.insecure ?? false,
    headers: Object.entries(named.headers ?? {}).map(([name, variable]) => [
      name,
      variableFor(variable, `The header ${name}`, environment),
    ]),
    curlOptions: curlOptions(named, flags).join(' '),
  };
}

/** What curl takes to get to the target; proxies it reads from the same variables. */
function curlOptions(named: Partial<NamedTarget>, flags: ConnectionFlags): string[] {
  const { clientCertificate: own, headers = {} } = named;
  const ca = flags.ca ?? named.ca;
  return [
    ...Object.entries(headers).map(
      ([name, variable]) => `-H "${name.replace(/[$`]/g, '\\$&')}: $${variable}"`,
    ),
    ...(ca === undefined ? [] : ['--cacert', fileWord(ca)]),
    ...((flags.insecure ?? named.insecure) ? ['--insecure'] : []),
    ...(own === undefined ? [] : ['--cert', fileWord(own.certificate), '--key', fileWord(own.key)]),
    ...(own?.passphrase === undefined ? [] : [`--pass "$${own.passphrase}"`]),
  ];
}

/** HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, as other tools read them. */
function proxyFor(url: string): string | null {
  const proxy = getProxyForUrl(url);
  if (proxy === '') return null;
  if (URL.canParse(proxy) && /^https?:$/.test(new URL(proxy).protocol)) return proxy;
  throw new UserError(
    'The proxy that the environment names is not the URL of an HTTP proxy.',
    'Give HTTPS_PROXY or HTTP_PROXY as http://host:port, or name the host of the target in NO_PROXY.',
  );
}

/** From where the run is, so that a report does not tell where its user keeps things. */
const fileWord = (file: string) => quoted(relative('', file));

function certificatesIn(file: string): string {
  const ca = contentOf(file);
  if (!/-----BEGIN CERTIFICATE-----/.test(ca) || !isAccepted({ ca }))
    throw new UserError(
      `${file} holds no certificates.`,
      'Give a PEM file, with -----BEGIN CERTIFICATE-----.',
    );
  return ca;
}

function clientCertificate(
  { clientCertificate: own }: Partial<NamedTarget>,
  environment: Environment,
): ClientCertificate | null {
  if (own === undefined) return null;
  const certificate = contentOf(own.certificate);
  const key = contentOf(own.key);
  const passphrase =
    own.passphrase === undefined ? null : variableFor(own.passphrase, 'The client key', environment);
  if (!isAccepted({ cert: certificate, key, ...(passphrase !== null && { passphrase }) }))
    throw new UserError(
      `${own.certificate} and ${own.key} are no certificate and the key to it.`,
      'Give PEM files; a key with a passphrase needs "passphrase", the name of the variable that holds it.',
    );
  return { certificate, key, passphrase };
}

/** OpenSSL's own errors may name what they read. */
function isAccepted(options: Parameters<typeof createSecureContext>[0]): boolean {
  try {
    createSecureContext(options);
    return true;
  } catch {
    return false;
  }
}

function variableFor(variable: string, whose: string, environment: Environment): string {
  const value = environment.get(variable);
  if (value === null)
    throw new UserError(
      `${whose} needs ${variable}, which is not set.`,
      'Set it in the environment or in .env.',
    );
  if (/^[\x20-\x7e]+$/.test(value)) return value;
  throw new UserError(
    `${variable} holds a character that a header cannot carry.`,
    'Set it without line breaks.',
  );
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = systemCode(error);
    throw new UserError(`${file} cannot be read (${code}).`, 'Check the path and its permissions.');
  }
}
