import { createServer, type RequestListener, type Server } from 'node:http';
import { answerClientError } from './core/client-error.ts';

/** Longer than the front door keeps an idle connection, so that it never writes into one we have just closed. */
const KEEP_ALIVE_MS = 75_000;
const REQUEST_TIMEOUT_MS = 20_000;

/** The HTTP server of api: no request may dawdle, and what is no request is refused in our own words. */
export function createApiServer(listener: RequestListener): Server {
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_MS },
    listener,
  );
  server.on('clientError', answerClientError);
  return server;
}
