/** How connections are opened: with a limit on time, TLS verified, and only to where the guard saw the name lead. */
import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction, Socket } from 'node:net';
import { createSecureContext, rootCertificates } from 'node:tls';
import { buildConnector } from 'undici';
import { isPrivateAddress } from './guard.ts';

export interface ClientOptions {
  /** Certificate authority (PEM) to trust beside the system's. */
  readonly ca?: string | undefined;
  /** Do not verify TLS. */
  readonly insecure?: boolean | undefined;
}

export interface ConnectorOptions {
  readonly privateOnly: boolean;
  /** Milliseconds, so that what nobody waits for any more is not kept. */
  readonly timeoutMs: number;
}

/** It returns what it connects, which its own types do not say. */
export type Connector = (...parameters: Parameters<buildConnector.connector>) => Socket | undefined;

/** Makes what undici opens connections with. */
export function createConnector(
  { ca, insecure }: ClientOptions,
  { privateOnly, timeoutMs }: ConnectorOptions,
): Connector {
  return buildConnector({
    timeout: timeoutMs,
    rejectUnauthorized: insecure !== true,
    // Made once: reading all these certificates takes longer than many an exchange.
    ...(ca !== undefined && { secureContext: createSecureContext({ ca: [...rootCertificates, ca] }) }),
    ...(privateOnly && { lookup: privateLookup }),
  }) as Connector;
}

/** Keeps the sockets that are not connected yet: undici does not end them. */
export function trackPending(connect: Connector): {
  readonly connect: Connector;
  readonly pending: ReadonlySet<Socket>;
} {
  const pending = new Set<Socket>();
  const tracked: Connector = (target, callback) => {
    const socket = connect(target, (...result) => {
      if (socket) pending.delete(socket);
      callback(...result);
    });
    if (socket) pending.add(socket);
    return socket;
  };
  return { connect: tracked, pending };
}

/** Resolves a name to its private addresses only: what the guard saw is what is connected to. */
const privateLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      callback(error, '');
      return;
    }
    const allowed = addresses.filter(({ address }) => isPrivateAddress(address));
    const [first] = allowed;
    if (!first)
      callback(
        Object.assign(new Error(`${hostname} is no private address any more`), { code: 'ENOTFOUND' }),
        '',
      );
    else if (options.all === true) callback(null, allowed);
    else callback(null, first.address, first.family);
  });
};
