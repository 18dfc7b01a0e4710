import { Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createProxyServer, proxyUpgrade } from 'httpxy';
import { ReturnWatch, type ReturnWatchOptions } from './return-watch.ts';

/** One of our processes behind the door. While it starts again, whoever comes waits for it for a moment. */
export interface InnerProcess {
  /** Passes the request on and its answer back. Rejects when the process does not answer. */
  forward(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Passes a WebSocket on. Rejects when the process refuses or does not answer. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** Ends the WebSockets that are open; their clients connect again. */
  endUpgraded(): void;
  /** Lets go of kept connections. */
  close(): void;
}

const ANSWER_TIMEOUT_MS = 60_000;
const UPGRADE_TIMEOUT_MS = 10_000;

export function createInnerProcess(url: string, waiting?: ReturnWatchOptions): InnerProcess {
  // No limit on connections in use: one would let a few hundred slow requests of a stranger hold up everyone.
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 });
  const proxy = createProxyServer({ target: url, agent, proxyTimeout: ANSWER_TIMEOUT_MS });
  const watch = new ReturnWatch(url, waiting);
  const sockets = new Set<Duplex>();

  return {
    async forward(request, response) {
      if (watch.isAway) await watch.untilThere();
      try {
        await proxy.web(request, response);
      } catch (error) {
        if (!isRefused(error)) throw error;
        const back = watch.untilThere();
        // Of a body nobody knows how much has been read, and who sent it has it still.
        if (hasBody(request)) throw error;
        await back;
        await proxy.web(request, response);
      }
    },

    async upgrade(request, socket, head) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      await watch.untilThere();
      if (socket.destroyed) return;
      const inner = await proxyUpgrade(url, request, socket, head, {
        xfwd: false,
        upgradeTimeout: UPGRADE_TIMEOUT_MS,
      });
      // Each end takes the other with it, however it ends.
      inner.once('close', () => socket.destroy());
      socket.once('close', () => inner.destroy());
    },

    endUpgraded() {
      for (const socket of sockets) socket.destroy();
    },

    close: () => agent.destroy(),
  };
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
}

/** Whether anything follows the headers. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
