/** The steps of `doctor` below HTTP: does the name resolve, is the port open, is the certificate right. */

import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Connection } from '../fixtures/target.js';
import { connectTo, proxyParts, tlsOptions } from '../fixtures/transports/connecting.js';
import { failureOf } from '../fixtures/transports/transport.js';
import type { Tell } from './doctor-step.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Fewer days of a certificate are worth a word. */
const FEW_DAYS = 21;

const PROXY_ADVICE =
  'It is the proxy that the environment names: check HTTPS_PROXY and HTTP_PROXY, or let NO_PROXY name the target.';

/** @returns whether the target was reached */
export async function diagnoseNetwork(
  url: string,
  connection: Connection,
  timeoutMs: number,
  tell: Tell,
): Promise<boolean> {
  const { proxy } = connection;
  const first = proxy === null ? new URL(url) : proxyParts(proxy).url;
  if (proxy === null) tell('proxy', 'ok', 'none; the environment names no proxy for this target');
  else
    tell(
      'proxy',
      'note',
      `${first.origin} stands between`,
      'NO_PROXY takes hosts that are to be reached directly.',
    );
  return (
    (await resolves(first.hostname, proxy !== null, tell)) &&
    (await isOpen(first, proxy !== null, timeoutMs, tell)) &&
    (await connects(url, connection, timeoutMs, tell))
  );
}

async function resolves(hostname: string, isProxy: boolean, tell: Tell): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '');
  try {
    const addresses = await lookup(host, { all: true });
    tell('name', 'ok', `${host} is ${addresses.map(({ address }) => address).join(', ')}`);
    return true;
  } catch (error) {
    tell(
      'name',
      'failed',
      `${host} does not resolve (${codeOf(error)})`,
      isProxy
        ? PROXY_ADVICE
        : 'Check the spelling, the DNS or VPN of this machine, and whether HTTPS_PROXY has to be set.',
    );
    return false;
  }
}

async function isOpen(url: URL, isProxy: boolean, timeoutMs: number, tell: Tell): Promise<boolean> {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port, timeout: timeoutMs });
  const failure = await new Promise<string | null>((resolve) => {
    socket.once('connect', () => resolve(null));
    socket.once('timeout', () => resolve('no answer within the time-out'));
    socket.once('error', (error) => resolve(codeOf(error)));
  });
  socket.destroy();
  if (failure === null) tell('port', 'ok', `${port} is open`);
  else
    tell(
      'port',
      'failed',
      `${port} is not open (${failure})`,
      isProxy ? PROXY_ADVICE : 'Check that the service runs, its port, and the firewall between.',
    );
  return failure === null;
}

/** Through the proxy where there is one, and with TLS. */
async function connects(
  url: string,
  connection: Connection,
  timeoutMs: number,
  tell: Tell,
): Promise<boolean> {
  const { origin, protocol } = new URL(url);
  const way = { proxy: connection.proxy, tls: tlsOptions(connection) };
  const name = protocol === 'https:' ? 'TLS' : 'connection';
  try {
    const socket = await connectTo(origin, way, AbortSignal.timeout(timeoutMs));
    if (socket instanceof TLSSocket) tellCertificate(socket, connection.insecure, tell);
    else tell(name, 'note', 'plain HTTP: tokens are sent in the clear');
    socket.destroy();
    return true;
  } catch (error) {
    const code = codeOf(error);
    tell(name, 'failed', failureOf(error, true).message, adviceFor(code, connection.proxy !== null));
    return false;
  }
}

function tellCertificate(socket: TLSSocket, insecure: boolean, tell: Tell): void {
  const { subject, valid_to: until } = socket.getPeerCertificate();
  const days = Math.floor((Date.parse(until) - Date.now()) / DAY_MS);
  const text = `${socket.getProtocol()}, a certificate for ${subject?.CN ?? 'no name'}, valid for ${days} more days`;
  if (insecure)
    tell(
      'TLS',
      'note',
      `${text}; not verified, as --insecure has it`,
      'Give --ca FILE instead where you can.',
    );
  else if (days < FEW_DAYS) tell('TLS', 'note', text, 'It should be renewed soon.');
  else tell('TLS', 'ok', text);
}

function adviceFor(code: string, proxied: boolean): string {
  if (/ALTNAME/.test(code)) return 'The certificate is for another name: use the name that it was made for.';
  if (/EXPIRED|NOT_YET_VALID/.test(code)) return 'Have it renewed, and check the clock of this machine.';
  if (/SELF_SIGNED|UNABLE_TO/.test(code))
    return 'Where a private CA signed it, give its certificates with --ca FILE, or as "ca" in the configuration.';
  if (/HANDSHAKE|CERTIFICATE_REQUIRED|ECONNRESET/.test(code))
    return 'Where the target asks for a certificate of yours, configure clientCertificate.';
  return proxied
    ? 'Check the proxy, its credentials, and whether it lets CONNECT through to this port.'
    : 'Check the scheme of the URL: https where the port speaks TLS, else http.';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
