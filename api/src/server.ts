import type { RequestListener, Server } from 'node:http';
import { createHttpServer, type ServerLimits } from '@careconnect/platform';

/**
 * The HTTP server of api, which keeps idle connections for longer than the front door does, so that the door never writes
 * into one that has just been closed.
 */
export function createApiServer(listener: RequestListener, limits?: Partial<ServerLimits>): Server {
  return createHttpServer(listener, { limits: { requestMs: 20_000, keepAliveMs: 75_000, ...limits } });
}
