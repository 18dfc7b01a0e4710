import { EventEmitter, once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  closeServer,
  createLogger,
  createMetrics,
  createOperationsRoutes,
  listen,
  probeListener,
  type Logger,
} from '@careconnect/platform';
import { onTestFinished } from 'vitest';
import { freePort } from '../../../scripts/stack/free-port.ts';
import { createDoorServer, type DoorServerOptions } from '../door-server.ts';
import { createFrontDoor } from '../front-door.ts';
import { createInnerProcess, type InnerProcess } from '../inner-process.ts';

export interface Served {
  readonly server: Server;
  readonly url: string;
  readonly port: number;
}

export function serve(listener: RequestListener, wantedPort = 0): Promise<Served> {
  return serveWith(createServer(listener), wantedPort);
}

async function serveWith(server: Server, wantedPort = 0): Promise<Served> {
  const { port } = await listen(server, wantedPort, '127.0.0.1');
  onTestFinished(() => closeServer(server));
  return { server, url: `http://127.0.0.1:${port}`, port };
}

/** Answers with what it was asked, under its own name. */
export function echo(name: string): RequestListener {
  return ({ url, headers }, response) => void response.end(JSON.stringify({ name, url, headers }));
}

/** Sends back whatever is said over a live connection, and counts them. */
export async function serveSockets(port = 0): Promise<Served & { readonly taken: () => number }> {
  const sockets: Duplex[] = [];
  const live = await serve(echo('signaling'), port);
  live.server.on('upgrade', (_request, socket) => {
    sockets.push(socket);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
    socket.pipe(socket);
  });
  // Whatever is still open holds up the end of the server.
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  return { ...live, taken: () => sockets.length };
}

/** Where a process was that has died. */
export async function aVacantPlace(): Promise<Pick<Served, 'url' | 'port'>> {
  const port = await freePort();
  return { url: `http://127.0.0.1:${port}`, port };
}

export interface DoorOptions {
  readonly apiUrl?: string;
  readonly signalingUrl?: string;
  readonly trustProxy?: boolean;
  /** As people see it; `https:` unless told. */
  readonly protocol?: string;
  readonly patienceMs?: number;
  readonly server?: Omit<DoorServerOptions, 'log'>;
}

export interface Door extends Served {
  readonly signaling: InnerProcess;
  readonly log: Logger;
  /** Resolves when the door next finds that a process is away: whoever asked before that waits for it now. */
  foundAway(): Promise<unknown>;
  /** What has become of every live connection that somebody wanted. */
  settled(): Promise<unknown>;
  /** The door's own ends of the connections that it was asked for. */
  readonly sockets: readonly Socket[];
}

export async function aDoor(options: DoorOptions = {}): Promise<Door> {
  const news = new EventEmitter();
  const waiting = {
    patienceMs: options.patienceMs,
    async probe(url: string) {
      const answer = await probeListener(url);
      if (answer === 'refused') news.emit('away');
      return answer;
    },
  };
  const api = createInnerProcess(options.apiUrl ?? (await serve(echo('api'))).url, waiting);
  const signaling = createInnerProcess(options.signalingUrl ?? (await serveSockets()).url, waiting);
  const log = createLogger({ name: 'test', level: 'silent' });
  const door = createFrontDoor({
    api,
    signaling,
    pages: echo('pages'),
    operations: createOperationsRoutes({ metrics: createMetrics('test'), isReady: () => true, log }),
    protocol: options.protocol ?? 'https:',
    trustProxy: options.trustProxy ?? false,
    log,
  });
  const upgrades: Promise<void>[] = [];
  const sockets: Socket[] = [];
  const watched = {
    ...door,
    handleUpgrade(...asked: Parameters<typeof door.handleUpgrade>) {
      const upgrade = door.handleUpgrade(...asked);
      upgrades.push(upgrade);
      return upgrade;
    },
  };
  const served = await serveWith(createDoorServer(watched, { ...options.server, log }));
  served.server.on('connection', (socket) => sockets.push(socket));
  onTestFinished(() => {
    for (const process of [api, signaling]) {
      process.endUpgraded();
      process.close();
    }
  });
  return {
    ...served,
    signaling,
    log,
    foundAway: () => once(news, 'away'),
    settled: () => Promise.all(upgrades),
    sockets,
  };
}
