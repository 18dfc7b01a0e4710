import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from './metrics.ts';

export interface OperationsOptions {
  readonly metrics: Registry;
  /** Resolves when the process can do its work, rejects or answers false otherwise. */
  readonly isReady: () => Promise<boolean> | boolean;
}

/**
 * `/healthz`, `/readyz` and `/metrics` for any Node HTTP server. Answers true when it has taken the
 * request. The front door never proxies these paths of inner processes.
 */
export function createOperationsRoutes({ metrics, isReady }: OperationsOptions) {
  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    switch (request.url) {
      case '/healthz':
        send(response, 200, 'ok');
        return true;
      case '/readyz': {
        const ready = await Promise.resolve(isReady()).catch(() => false);
        send(response, ready ? 200 : 503, ready ? 'ready' : 'not ready');
        return true;
      }
      case '/metrics':
        response.setHeader('content-type', metrics.contentType);
        response.end(await metrics.metrics());
        return true;
      default:
        return false;
    }
  };
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${body}\n`);
}
