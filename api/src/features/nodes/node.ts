import {
  NODE_SILENT_AFTER_MS,
  type NodeMoment,
  type NodePresence,
  type NodeReport,
} from '@careconnect/contracts';
import type { NodeLoad } from '@careconnect/contracts/internal';

export interface HeardLoad {
  readonly heardAt: Date;
  readonly load: NodeLoad;
}

/** All that is known of one node, in the order in which it was heard; at least one. */
export type NodePast = readonly [HeardLoad, ...HeardLoad[]];

export function byNode(heard: readonly HeardLoad[]): NodePast[] {
  const pasts = Map.groupBy(heard, ({ load: { kind, node } }) => `${kind}/${node}`);
  return [...pasts.values()].flatMap(([first, ...rest]) => (first ? [[first, ...rest] as const] : []));
}

export function lastOf(past: NodePast): HeardLoad {
  return past.at(-1) ?? past[0];
}

export function presenceOf({ heardAt, load }: HeardLoad, now: Date): NodePresence {
  const isSilent = now.getTime() - heardAt.getTime() > NODE_SILENT_AFTER_MS;
  if (isSilent) return load.isDraining ? 'left' : 'silent';
  return load.isDraining ? 'draining' : 'up';
}

export function toReport(past: NodePast, now: Date): NodeReport {
  const last = lastOf(past);
  const { isDraining: _said, ...load } = last.load;
  return {
    ...load,
    presence: presenceOf(last, now),
    heardAt: last.heardAt.toISOString(),
    history: past.map(toMoment),
  };
}

function toMoment({ heardAt, load }: HeardLoad): NodeMoment {
  const shares = load.kind === 'sfu' ? load.workers.map(({ cpuShare }) => cpuShare) : [];
  return {
    at: heardAt.toISOString(),
    seats: load.seats,
    cpuShare: shares.length > 0 ? Math.max(...shares) : null,
    eventLoopLagMs: load.kind === 'signaling' ? load.eventLoopLagMs : null,
  };
}
