import type { SfuLoad } from '@careconnect/contracts/internal';

/** What is known of a node that could take a room. */
export interface PlaceableNode {
  /** As it told last; null before the first time. */
  readonly load: SfuLoad | null;
  /** Rooms that it has been given since. */
  readonly placedSince: number;
}

/**
 * How much of a worker a room will take that is new or still empty: a worker carries about 500 consumers
 * (mediasoup's documentation, "Scalability"), and a visit of two has four of them.
 */
const ROOM_SHARE = 0.01;

/**
 * How busy each worker of a node is, or is about to be: what its processor time says of the visits that go on, and the
 * number of rooms of those that have hardly begun. What has not told yet, or has no worker left, comes last.
 */
export function busyness({ load, placedSince }: PlaceableNode): number {
  if (!load || load.workers.length === 0) return Infinity;
  const cpuShare = load.workers.reduce((sum, worker) => sum + worker.cpuShare, 0);
  return (cpuShare + ROOM_SHARE * (load.rooms + placedSince)) / load.workers.length;
}

/**
 * The node for a new room: the least busy, the first of equals. One that drains takes none, unless there is no other:
 * a visit on a node that is about to go is better than one without media.
 */
export function leastBusy<Node extends PlaceableNode>(nodes: readonly Node[]): Node | null {
  const staying = nodes.filter(({ load }) => load?.isDraining !== true);
  const choice = staying.length > 0 ? staying : nodes;
  return choice.reduce<Node | null>(
    (best, node) => (best === null || busyness(node) < busyness(best) ? node : best),
    null,
  );
}
