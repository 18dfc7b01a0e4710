import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { Instant, NoBody, NoParams, NoQuery } from '../core/values.ts';

/** The processes that carry visits, as whoever runs this installation sees them. */

/** Three reports in a row are missing: nodes tell of themselves every five seconds. */
export const NODE_SILENT_AFTER_MS = 15_000;
/** How far back the charts of nodes go. */
export const NODE_HISTORY_MS = 15 * 60_000;

/**
 * `draining`: takes nothing new. `silent`: was not heard of for {@link NODE_SILENT_AFTER_MS}. `left`: silent, after it
 * had said that it stops.
 */
export const NodePresence = z.enum(['up', 'draining', 'silent', 'left']);
export type NodePresence = z.infer<typeof NodePresence>;

const Count = z.number().int().nonnegative();
/** Of one core; a little above 1 where two readings were not taken at one instant. */
const CpuShare = z.number().nonnegative();

export const NodeMoment = z.object({
  at: Instant,
  seats: Count,
  /** Of its busiest worker; null for nodes without any. */
  cpuShare: CpuShare.nullable(),
  /** 99th percentile, in ms; null where it is not told. */
  eventLoopLagMs: z.number().nonnegative().nullable(),
});
export type NodeMoment = z.infer<typeof NodeMoment>;

const heard = {
  node: z.string(),
  presence: NodePresence,
  /** When it told of itself last; what is here is of that moment. */
  heardAt: Instant,
  seats: Count,
  history: z.array(NodeMoment),
};

export const WorkerReport = z.object({ index: Count, rooms: Count, cpuShare: CpuShare });
export type WorkerReport = z.infer<typeof WorkerReport>;

export const SfuReport = z.object({
  kind: z.literal('sfu'),
  ...heard,
  rooms: Count,
  producers: Count,
  consumers: Count,
  workers: z.array(WorkerReport),
});
export type SfuReport = z.infer<typeof SfuReport>;

export const SignalingReport = z.object({
  kind: z.literal('signaling'),
  ...heard,
  visits: Count,
  sockets: Count,
  eventLoopLagMs: z.number().nonnegative(),
  pendingFacts: Count,
  oldestFactMs: z.number().nonnegative(),
  pendingSamples: Count,
});
export type SignalingReport = z.infer<typeof SignalingReport>;

export const NodeReport = z.discriminatedUnion('kind', [SfuReport, SignalingReport]);
export type NodeReport = z.infer<typeof NodeReport>;

/** Something about the nodes that somebody should look at now. */
export const NodeAlert = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('node-silent'), since: Instant, node: z.string() }),
  z.object({ kind: z.literal('worker-busy'), since: Instant, node: z.string(), worker: Count }),
  z.object({ kind: z.literal('facts-late'), since: Instant, node: z.string() }),
  /** No media node that takes visits has one. `since` is null when none was ever heard of. */
  z.object({ kind: z.literal('no-media-worker'), since: Instant.nullable() }),
]);
export type NodeAlert = z.infer<typeof NodeAlert>;

export const nodeEndpoints = {
  list: defineEndpoint({
    method: 'GET',
    path: '/api/v1/nodes',
    access: { kind: 'roles', roles: ['admin'] },
    summary: 'What the nodes of this installation carry, and what is wrong with them',
    description:
      'For administrators of the organization that runs the installation: the only one there is, or the one that OPERATOR_ORGANIZATION names.',
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: z.object({ at: Instant, nodes: z.array(NodeReport), alerts: z.array(NodeAlert) }),
    status: 200,
    errors: [],
  }),
} as const;
