import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from './logger.ts';
import type { Registry } from './metrics.ts';

export interface OperationsOptions {
  readonly metrics: Registry;
  /** Resolves when the process can do its work, rejects or answers false otherwise. */
  readonly isReady: () => Promise<boolean> | boolean;
  readonly log: Logger;
}

/**
 * `/healthz`, `/readyz` and `/metrics` for any Node HTTP server. Answers true when it has taken the
 * request. The front door never proxies these paths of inner processes.
 */
export function createOperationsRoutes({ metrics, isReady, log }: OperationsOptions) {
  const readiness = createReadiness(isReady, log);

  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    switch (request.url) {
      case '/healthz':
        send(response, 200, 'ok');
        return true;
      case '/readyz': {
        const ready = await readiness();
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

/** Answers operators, and hands every other request on. */
export function answerOperators(options: OperationsOptions, others: RequestListener): RequestListener {
  const operations = createOperationsRoutes(options);
  return (request, response) => {
    operations(request, response)
      .then((isTaken) => {
        if (!isTaken) others(request, response);
      })
      .catch((error: unknown) => {
        options.log.error({ err: error }, 'a request failed');
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      });
  };
}

/** Asks once, and says why not: at the first failure, and again only after it was ready in between. */
function createReadiness(isReady: OperationsOptions['isReady'], log: Logger): () => Promise<boolean> {
  let hasSaidSo = false;
  return async () => {
    try {
      const ready = await isReady();
      if (ready) hasSaidSo = false;
      return ready;
    } catch (error) {
      if (!hasSaidSo) log.warn({ err: error }, 'not ready');
      hasSaidSo = true;
      return false;
    }
  };
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${body}\n`);
}
