import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { randomUUID } from 'node:crypto';

export interface ForwardedOptions {
  /** `http:` or `https:`, as people see it. */
  readonly protocol: string;
  readonly trustProxy: boolean;
}

/**
 * Rewrites what the request says about its own way here. Inner processes get exactly one address and
 * one request id, both ours: what a client wrote there would let it choose its own rate limit.
 */
export function stampForwarded(request: IncomingMessage, { protocol, trustProxy }: ForwardedOptions): string {
  const { headers } = request;
  const address = clientAddress(request, trustProxy);
  for (const name of Object.keys(headers)) {
    if (name === 'forwarded' || name.startsWith('x-forwarded-')) delete headers[name];
  }
  const requestId = randomUUID();
  headers['x-forwarded-for'] = address;
  headers['x-forwarded-proto'] = protocol.replace(':', '');
  if (headers.host !== undefined) headers['x-forwarded-host'] = headers.host;
  headers['x-request-id'] = requestId;
  return requestId;
}

/** True for a client on this machine that nobody forwarded; only such a one may read the metrics. */
export function isLocal({ headers, socket }: IncomingMessage): boolean {
  const address = socket.remoteAddress ?? '';
  const isLoopback = address === '::1' || /^(::ffff:)?127\./.test(address);
  return isLoopback && headers['x-forwarded-for'] === undefined && headers['forwarded'] === undefined;
}

function clientAddress({ headers, socket }: IncomingMessage, trustProxy: boolean): string {
  return (trustProxy ? lastForwarded(headers) : undefined) ?? socket.remoteAddress ?? 'unknown';
}

/** The entry that the proxy next to us added. */
function lastForwarded(headers: IncomingHttpHeaders): string | undefined {
  const value = headers['x-forwarded-for'];
  const list = Array.isArray(value) ? value.join(',') : value;
  return list?.split(',').at(-1)?.trim();
}
