import type { SignalingLoad, SignalingNode } from '@careconnect/contracts/internal';
import type { LiveCounts } from '../../core/signaling-metrics.ts';
import type { FactsOutbox } from '../../upstream/facts-outbox.ts';
import type { RoomRegistry } from '../visits/room-registry.ts';
import { watchEventLoop } from './event-loop-lag.ts';

export interface OwnLoadOptions {
  readonly node: SignalingNode;
  readonly registry: Pick<RoomRegistry, 'all'>;
  readonly facts: Pick<FactsOutbox, 'size' | 'oldestMs'>;
  readonly samples: { readonly size: number };
  readonly countSockets: () => number;
  /** The process takes nothing new any more. */
  readonly isDraining: () => boolean;
}

/** What this process carries, for its own metrics and for api. */
export interface OwnLoad {
  counts(): LiveCounts;
  /** With the lag of the event loop since it was asked last. */
  report(): SignalingLoad;
  stop(): void;
}

export function createOwnLoad(options: OwnLoadOptions): OwnLoad {
  const { node, registry, facts, samples, countSockets, isDraining } = options;
  const lag = watchEventLoop();

  function counts(): LiveCounts {
    const rooms = registry.all;
    return {
      visits: rooms.length,
      seats: rooms.reduce((sum, room) => sum + room.seats.size, 0),
      sockets: countSockets(),
      pendingFacts: facts.size,
      pendingSamples: samples.size,
      oldestFactMs: facts.oldestMs,
    };
  }

  return {
    counts,
    report: () => ({ node, isDraining: isDraining(), ...counts(), eventLoopLagMs: lag.read() }),
    stop: () => lag.stop(),
  };
}
