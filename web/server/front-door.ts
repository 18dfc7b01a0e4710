import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '@careconnect/platform';
import { destinationOf } from './destination.ts';
import { isLocal, stampForwarded } from './forwarded.ts';
import { hasBody, type InnerProcess } from './inner-process.ts';
import { setDoorHeaders, setPageHeaders } from './page-headers.ts';
import { sendProblem } from './problem.ts';

export interface FrontDoorDeps {
  readonly api: InnerProcess;
  readonly signaling: InnerProcess;
  /** SvelteKit's handler. */
  readonly pages: RequestListener;
  /** Health, readiness and metrics; true when it has answered. */
  readonly operations: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  readonly protocol: string;
  readonly trustProxy: boolean;
  readonly log: Logger;
}

export interface FrontDoor {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;
}

const AWAY = 'CareConnect is not answering right now. Please try again in a few seconds.';

/** One address for everything: the API and the live connection behind it, and the pages themselves. */
export function createFrontDoor(deps: FrontDoorDeps): FrontDoor {
  const { api, signaling, pages, operations, log } = deps;

  async function pass(
    to: InnerProcess,
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
  ) {
    try {
      await to.forward(request, response);
    } catch (error) {
      if (request.destroyed && !request.complete) return;
      log.warn({ err: error, requestId }, 'an inner process did not answer');
      sendProblem(response, {
        code: 'UPSTREAM_UNAVAILABLE',
        detail: AWAY,
        requestId,
        retryAfterSeconds: 2,
      });
    }
  }

  async function mayAnswerOperations(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (request.url === '/metrics' && !isLocal(request)) return false;
    return operations(request, response);
  }

  return {
    async handle(request, response) {
      if (await mayAnswerOperations(request, response)) return;
      const requestId = stampForwarded(request, deps);
      setDoorHeaders(response, deps.protocol === 'https:');
      switch (destinationOf(request.url)) {
        case 'malformed':
          sendProblem(response, {
            code: 'VALIDATION_FAILED',
            detail: 'This address is not valid.',
            requestId,
          });
          return;
        case 'api':
          await pass(api, request, response, requestId);
          return;
        case 'signaling':
          await pass(signaling, request, response, requestId);
          return;
        case 'pages':
          setPageHeaders(response, request.url ?? '/');
          // No page takes a body, and what nobody reads would be read to its end.
          if (hasBody(request)) response.setHeader('connection', 'close');
          pages(request, response);
      }
    },

    async handleUpgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      if (destinationOf(request.url) !== 'signaling') {
        socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
        return;
      }
      const requestId = stampForwarded(request, deps);
      try {
        await signaling.upgrade(request, socket, head);
      } catch (error) {
        log.warn({ err: error, requestId }, 'a live connection was not taken');
        // Whatever the other side has already written still goes out before the end.
        socket.end();
      }
    },
  };
}
