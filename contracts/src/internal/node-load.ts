import { z } from 'zod';
import { SfuLoad } from './sfu-load.ts';

/** Names one signaling node; the same after a restart, another for each node that runs beside it. */
export const SignalingNode = z.string().min(1).max(64);
export type SignalingNode = z.infer<typeof SignalingNode>;

const Count = z.number().int().nonnegative();

/** What a signaling node carries. */
export const SignalingLoad = z.strictObject({
  node: SignalingNode,
  /** It is stopping: its people come back elsewhere, and nobody waits for its next word. */
  isDraining: z.boolean(),
  visits: Count,
  seats: Count,
  sockets: Count,
  /** 99th percentile since the report before, in ms. */
  eventLoopLagMs: z.number().nonnegative(),
  pendingFacts: Count,
  /** How long the oldest fact has waited for api, in ms; 0 where none does. */
  oldestFactMs: z.number().nonnegative(),
  pendingSamples: Count,
});
export type SignalingLoad = z.infer<typeof SignalingLoad>;

/** What a node of the platform carries, as it told last. */
export const NodeLoad = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sfu'), ...SfuLoad.shape }),
  z.strictObject({ kind: z.literal('signaling'), ...SignalingLoad.shape }),
]);
export type NodeLoad = z.infer<typeof NodeLoad>;

/** The most nodes that one signaling node tells of at once. */
export const NODE_LOADS_MAX = 200;
