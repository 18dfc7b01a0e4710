import { DESK_NAMESPACE, SEAT_NAMESPACE } from '@careconnect/contracts';
import {
  answerOperators,
  createHttpServer,
  createMetrics,
  createServiceClient,
  createServiceTokens,
  listen,
  systemClock,
  type Clock,
  type Logger,
  type ServerLimits,
} from '@careconnect/platform';
import { QUALITY_SAMPLES_MAX, type QualitySample, type SignalingNode } from '@careconnect/contracts/internal';
import { createLoneCluster, joinCluster } from './cluster/cluster.ts';
import { forwardUpgrades } from './cluster/forward-upgrade.ts';
import { composeFeatures } from './compose.ts';
import { createInternalRoutes } from './core/internal-routes.ts';
import { createSignalingMetrics } from './core/signaling-metrics.ts';
import { createSocketServer } from './core/socket-server.ts';
import { createTicketDesk } from './core/tickets.ts';
import type { BucketSize } from './core/token-bucket.ts';
import type { DeskNamespace } from './features/desk/desk-socket.ts';
import { createIceServers, type TurnServers } from './features/visits/ice-servers.ts';
import type { SeatNamespace } from './features/visits/seat-socket.ts';
import { createApiClient, isRefusedByApi } from './upstream/api-client.ts';
import { createFactsOutbox } from './upstream/facts-outbox.ts';
import { createOutbox } from './upstream/outbox.ts';
import { SfuFleet } from './upstream/sfu-fleet.ts';

export interface SignalingServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly apiUrl: string;
  /** Of every SFU node, each under an address of its own. */
  readonly sfuUrls: readonly string[];
  /** Scheme, host and port under which pages are served. */
  readonly publicOrigin: string;
  /** Names this node: the same after a restart, another for each that runs beside it. */
  readonly node: SignalingNode;
  /** What it shares with the nodes beside it; without one it is the only node. */
  readonly redisUrl?: string | undefined;
  /** Where those reach it, if not where it listens. */
  readonly siblingUrl?: string | undefined;
  /** After how long without a sign of life a node counts as dead. Default 5 s. */
  readonly leaseMs?: number | undefined;
  readonly serviceSecret: string;
  readonly joinTicketSecret: string;
  /** Relays for people whose network lets nothing else through. Default none. */
  readonly turn?: TurnServers | null;
  readonly log: Logger;
  readonly clock?: Clock;
  /** False while the process is stopping, so that nobody new is sent here. */
  readonly isRunning?: () => boolean;
  /** How long a seat is kept for someone whose connection broke. Default 30 s. */
  readonly graceMs?: number;
  /** How long connections of a visit that is over stay open. Default 3 s. */
  readonly lingerMs?: number;
  /** How often api is asked where the live visits stand, should a push be lost. Default 15 s. */
  readonly visitCheckMs?: number;
  /** How often api is asked which sessions of connected people have been ended, should a push be lost. Default 30 s. */
  readonly sessionCheckMs?: number;
  /** How often api is told what the nodes carry. Default 5 s. */
  readonly loadEveryMs?: number;
  /** How long an SFU node may take for one answer. Default 3 s. */
  readonly sfuTimeoutMs?: number;
  /** How long an SFU node without a connection may be silent before it counts as dead. Default 6 s. */
  readonly sfuSilentMs?: number;
  /** How long the people of a visit that moves to another SFU node may take to come over. Default 8 s. */
  readonly sfuMoveMs?: number;
  /** How long a connection may say nothing of who it is. Default 5 s. */
  readonly silenceMs?: number;
  /** How many connections one network may open. Default 600 at once, and 60 a second. */
  readonly handshakes?: BucketSize;
  /** How long a client may take with a request over HTTP, its handshake included. */
  readonly limits?: Partial<ServerLimits>;
}

export interface SignalingServer {
  readonly url: string;
  readonly port: number;
  /** Lets everyone go, who will reconnect elsewhere, and delivers the facts that are left. */
  close(): Promise<void>;
}

/** What the options above are unless told otherwise, in ms. */
const DEFAULTS = {
  graceMs: 30_000,
  lingerMs: 3_000,
  visitCheckMs: 15_000,
  sessionCheckMs: 30_000,
  loadEveryMs: 5_000,
  sfuTimeoutMs: 3_000,
  sfuSilentMs: 6_000,
  sfuMoveMs: 8_000,
} as const satisfies Partial<SignalingServerOptions>;

/** Longer than the front door and api keep an idle connection, so that they never write into one just closed. */
const KEEP_ALIVE_MS = 75_000;

/** Ten minutes of fifty visits, should api be away; about 10 MB. */
const SAMPLES_CAPACITY = 12_000;

/** The signaling process without its environment: for `main.ts`, tests, benches and the local stack. */
export async function createSignalingServer(given: SignalingServerOptions): Promise<SignalingServer> {
  const options = { ...DEFAULTS, ...given };
  const { log, clock = systemClock, isRunning = () => true } = options;
  const tokens = createServiceTokens(options.serviceSecret, 'signaling');
  const api = createApiClient(
    createServiceClient({ baseUrl: options.apiUrl, audience: 'api', tokens }),
    options.node,
  );
  const sfu = new SfuFleet({
    urls: options.sfuUrls,
    tokens,
    timeoutMs: options.sfuTimeoutMs,
    silentMs: options.sfuSilentMs,
    moveMs: options.sfuMoveMs,
    log,
  });
  const facts = createFactsOutbox({ send: (batch) => api.storeFacts(batch), clock, log });
  // Apart from the facts, which these must neither delay nor push out.
  const samples = createOutbox<QualitySample>({
    name: 'quality samples',
    send: (batch) => api.storeQuality(batch),
    clock,
    log,
    capacity: SAMPLES_CAPACITY,
    maxBatch: QUALITY_SAMPLES_MAX,
    isRefusal: isRefusedByApi,
  });
  const cluster = options.redisUrl
    ? await joinCluster({
        redisUrl: options.redisUrl,
        node: options.node,
        clock,
        log,
        leaseMs: options.leaseMs,
        patienceMs: options.graceMs,
      })
    : createLoneCluster(clock);
  const registry = createMetrics('signaling');
  const metrics = createSignalingMetrics(registry);

  const http = createHttpServer(
    answerOperators({ metrics: registry, isReady: isRunning, log }, (request, response) => {
      internal(request, response).catch((error: unknown) => {
        log.error({ err: error }, 'an HTTP request failed');
        response.destroy();
      });
    }),
    { limits: { keepAliveMs: KEEP_ALIVE_MS, ...options.limits } },
  );
  const io = createSocketServer(http, { ...options, clock });
  if (options.redisUrl) forwardUpgrades(http, cluster.homes, log);
  const features = composeFeatures({
    seats: io.of(SEAT_NAMESPACE) as SeatNamespace,
    desk: io.of(DESK_NAMESPACE) as DeskNamespace,
    tickets: createTicketDesk(options.joinTicketSecret, cluster.usedTickets, clock),
    api,
    sfu,
    facts,
    iceServersFor: createIceServers(options.turn ?? null, clock),
    samples,
    metrics,
    node: options.node,
    isRunning,
    countSockets: () => io.engine.clientsCount,
    clock,
    log,
    homes: cluster.homes,
    graceMs: options.graceMs,
    lingerMs: options.lingerMs,
    visitCheckMs: options.visitCheckMs,
    sessionCheckMs: options.sessionCheckMs,
    loadEveryMs: options.loadEveryMs,
  });
  const internal = createInternalRoutes({ tokens, accept: features.accept, log });

  // Whoever comes back after a restart of this process finds their media, not "none for the moment".
  await sfu.open(features.roomListener);
  facts.begin();
  const { port } = await listen(http, options.port, options.host);
  const url = `http://${options.host}:${port}`;
  await cluster.begin(options.siblingUrl ?? url, {
    accept: features.accept,
    reclaim: () => features.reclaim(),
    reportMissing: (node, since) => api.reportMissing(node, since),
  });
  return {
    url,
    port,
    async close() {
      await cluster.leave().catch((error: unknown) => log.warn({ err: error }, 'the others were not told'));
      await io.close();
      await features.close();
      sfu.close();
      await Promise.all([facts.stop(), samples.stop()]);
      await cluster.close();
    },
  };
}
