import type { RequestListener, Server } from 'node:http';
import { createHttpServer, type HttpServerOptions, type Logger } from '@careconnect/platform';
import type { FrontDoor } from './front-door.ts';

export interface DoorServerOptions extends HttpServerOptions {
  readonly log: Logger;
}

/** What listens in front of the {@link FrontDoor}. */
export function createDoorServer(
  { handle, handleUpgrade }: FrontDoor,
  { log, ...options }: DoorServerOptions,
): Server {
  const listener: RequestListener = (request, response) => {
    handle(request, response).catch((error: unknown) => {
      log.error({ err: error }, 'a request failed');
      response.destroy();
    });
  };
  const server = createHttpServer(listener, options);
  server.on('upgrade', (request, socket, head) => void handleUpgrade(request, socket, head));
  return server;
}
