import { createServer } from 'node:http';
import {
  answerOperators,
  closeServer,
  createServiceTokens,
  listen,
  type Logger,
} from '@careconnect/platform';
import { sfuRequests, type SfuLoad, type SfuNode } from '@careconnect/contracts/internal';
import { createLoadReports } from './load-reports.ts';
import { addCounts, type MediaCounts } from './media/rooms/media-counts.ts';
import type { RtcOptions } from './media/workers/media-worker.ts';
import { SendingAccounts } from './media/seats/sending-accounts.ts';
import { Rooms } from './media/rooms/rooms.ts';
import { WorkerPool } from './media/workers/worker-pool.ts';
import { createSfuMetrics } from './metrics.ts';
import { createFindPlace } from './parts/find-place.ts';
import { createNeighbours } from './parts/neighbours.ts';
import type { PipeOptions } from './parts/pipe.ts';
import { createHandlers } from './rpc/handlers.ts';
import { createRpc } from './rpc/rpc.ts';
import { createSfuSockets, createSocketServer } from './rpc/socket-server.ts';

export interface SfuServerOptions {
  readonly serviceSecret: string;
  readonly log: Logger;
  /** Names this node among those that run beside it. */
  readonly node?: SfuNode;
  readonly host?: string;
  /** Any free port by default. */
  readonly port?: number;
  readonly workers: number;
  /** mediasoup's own choice when absent (MEDIASOUP_WORKER_BIN, or the package's binary). */
  readonly workerBin?: string | undefined;
  readonly rtc: RtcOptions;
  /** Where what other nodes send arrives; without it there is nothing between this one and others. */
  readonly pipe?: PipeOptions | undefined;
  /** Other nodes, which may carry parts of this one's rooms. */
  readonly siblings?: readonly string[];
  /** How long an empty room waits for someone who reloads their page. */
  readonly lingerMs?: number;
  /** How long a seat without any connection is kept for someone to come back to. */
  readonly abandonAfterMs?: number;
  /** Multiplies what each seat may send before it counts as a flood. Default 1. */
  readonly sendingFactor?: number;
  /** How often signaling is told how much this node carries. Default 2 s. */
  readonly loadEveryMs?: number;
  /** How long rooms may take to move elsewhere. Default 20 s. */
  readonly drainTimeoutMs?: number;
  /** False once a stop has begun; readiness answers with it. */
  readonly isRunning?: () => boolean;
}

export interface SfuServer {
  /** Where signaling connects to, without the namespace. */
  readonly url: string;
  /** Live media workers. */
  readonly workers: WorkerPool['workers'];
  counts(): MediaCounts;
  /** Takes no new rooms from now on, and resolves when those that it has have moved to other nodes, if they can. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** With the closing after it less than the 30 s that Kubernetes gives a pod unless told otherwise. */
export const DRAIN_TIMEOUT_MS = 20_000;

/** What the options above are unless told otherwise. */
const DEFAULTS = {
  node: 'sfu',
  host: '127.0.0.1',
  port: 0,
  siblings: [],
  lingerMs: 3_000,
  abandonAfterMs: 5 * 60_000,
  sendingFactor: 1,
  loadEveryMs: 2_000,
  drainTimeoutMs: DRAIN_TIMEOUT_MS,
  isRunning: () => true,
} as const satisfies Partial<SfuServerOptions>;

type Options = SfuServerOptions & Required<Pick<SfuServerOptions, keyof typeof DEFAULTS>>;

/** Starts the media workers and listens for signaling. */
export async function createSfuServer(given: SfuServerOptions): Promise<SfuServer> {
  const options: Options = { ...DEFAULTS, ...given };
  const { workers, rtc, workerBin, host, port, log } = options;
  let isEmptying = false;
  const isDraining = (): boolean => isEmptying || !options.isRunning();

  const pool = await WorkerPool.create({ size: workers, rtc, workerBin, log });
  const { http, io, sockets, neighbours, rooms, load, counts } = compose(options, pool, isDraining);
  await load.report();
  sockets.serve(createRpc(sfuRequests, createHandlers(rooms), log), () => load.current);
  const address = await listen(http, port, host).catch(async (error: unknown) => {
    neighbours.close();
    await pool.close();
    throw error;
  });
  log.info({ host: address.address, port: address.port, workers }, 'listening');

  return {
    url: `http://${host}:${address.port}`,
    get workers() {
      return pool.workers;
    },
    counts,
    async drain() {
      isEmptying = true;
      log.info(counts(), 'draining');
      await load.report();
      neighbours.leave();
      await sockets.askToLeave(options.drainTimeoutMs);
      log.info(counts(), 'drained');
    },
    async close() {
      load.stop();
      rooms.close();
      neighbours.leave();
      neighbours.close();
      await io.close();
      await closeServer(http);
      await pool.close();
    },
  };
}

/** All that a node is made of but its workers, each after what it stands on. */
function compose(options: Options, pool: WorkerPool, isDraining: () => boolean) {
  const { node, pipe, siblings: urls, lingerMs, loadEveryMs: everyMs, log } = options;
  const { abandonAfterMs, sendingFactor } = options;
  const sending = new SendingAccounts({ factor: sendingFactor });
  // Reports count rooms and neighbours, which ask for the last of them.
  const currentLoad = (): SfuLoad => load.current;
  const tellLoad = (current: SfuLoad): void => {
    announce('node:load', current);
    neighbours.tellLoad(current);
  };

  const tokens = createServiceTokens(options.serviceSecret, 'sfu');
  const io = createSocketServer();
  const sockets = createSfuSockets(io, tokens, log);
  const { announce } = sockets;
  const between = { io, tokens, node, pool, pipe, urls, abandonAfterMs, sending, isDraining, log };
  const neighbours = createNeighbours({ ...between, load: currentLoad });
  const findPlace = createFindPlace({ pool, neighbours, load: currentLoad });
  const rooms = new Rooms({ pool, findPlace, announce, lingerMs, abandonAfterMs, sending, log });
  const counts = (): MediaCounts => addCounts(rooms.counts(), neighbours.counts());
  const load = createLoadReports({ node, counts, pool, isDraining, tell: tellLoad, everyMs });
  const metrics = createSfuMetrics({ counts, pool, neighbours });
  const isReady = (): boolean => !isDraining() && pool.workers.length > 0;
  const http = createServer(
    // Socket.IO takes its own requests once it is attached.
    answerOperators({ metrics, isReady, log }, (_request, response) => response.writeHead(404).end()),
  );
  io.attach(http);
  return { http, io, sockets, neighbours, rooms, load, counts };
}
