import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { answerClientErrors } from './client-error.ts';
import { limitConnections } from './connection-limit.ts';

/** How long a client may take, and how much it may hold. Times in ms. */
export interface ServerLimits {
  /** From the opening of a connection, or the first byte of a further request, until its headers are there. */
  readonly headersMs: number;
  /** Until all of it is there. */
  readonly requestMs: number;
  /** Between two requests. */
  readonly keepAliveMs: number;
  /** Address and headers together. */
  readonly headerBytes: number;
  /** Open at once from one network, see `networkOf`; this machine's own are not counted. */
  readonly connectionsPerNetwork: number;
}

/** For any connection that could carry a visit; ours to each other are faster. */
export const SERVER_LIMITS: ServerLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 5_000,
  headerBytes: 16 * 1024,
  // Behind one inner address are all people.
  connectionsPerNetwork: Infinity,
};

export interface HttpServerOptions {
  readonly limits?: Partial<ServerLimits>;
  /** Certificate and key in PEM; without them it speaks plain HTTP. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | undefined;
  /** Under which connections of an address count; null for one that does not. */
  readonly countedAs?: ((address: string) => string | null) | undefined;
}

/** Node looks only so often for who is late; four times in the shortest wait is late by a quarter at most. */
const LOOKS_PER_WAIT = 4;

/** An HTTP server on which nobody can dawdle or spread themselves, and which refuses in typed words. */
export function createHttpServer(
  listener: RequestListener,
  { limits, tls, countedAs }: HttpServerOptions = {},
): Server {
  const { headersMs, requestMs, keepAliveMs, headerBytes, connectionsPerNetwork } = {
    ...SERVER_LIMITS,
    ...limits,
  };
  const options = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    maxHeaderSize: headerBytes,
    connectionsCheckingInterval: Math.ceil(Math.min(headersMs, requestMs) / LOOKS_PER_WAIT),
  };
  const server = tls
    ? createTlsServer({ ...options, ...tls, handshakeTimeout: headersMs }, listener)
    : createServer(options, listener);
  answerClientErrors(server);
  if (connectionsPerNetwork !== Infinity)
    limitConnections(server, { most: connectionsPerNetwork, canAnswer: tls === undefined, countedAs });
  return server;
}
