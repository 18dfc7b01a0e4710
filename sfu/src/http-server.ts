import type { createOperationsRoutes, Logger } from '@careconnect/platform';
import { createServer, type Server } from 'node:http';

/** Answers operators; Socket.IO takes its own requests once it is attached. */
export function createHttpServer(operations: ReturnType<typeof createOperationsRoutes>, log: Logger): Server {
  return createServer((request, response) => {
    operations(request, response).then(
      (isTaken) => isTaken || response.writeHead(404).end(),
      (error: unknown) => {
        log.error({ err: error }, 'operations route failed');
        response.writeHead(500).end();
      },
    );
  });
}
