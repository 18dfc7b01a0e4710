import type { VisitId } from '@careconnect/contracts';
import type { Logger } from '@careconnect/platform';
import type { RoomHomes } from './room-homes.ts';
import type { SfuNode } from './sfu-node.ts';
import type { RoomListener } from './sfu-port.ts';

export interface NodeDrainDeps {
  readonly homes: RoomHomes;
  /** Where a room can go that leaves this node; null when there is nowhere. */
  readonly choose: (leaving: SfuNode) => SfuNode | null;
  readonly place: (roomId: VisitId, node: SfuNode) => void;
  readonly move: RoomListener['move'];
  readonly log: Logger;
}

/** Moves what can be moved from a node that is to carry nothing; those who ask for it meanwhile wait for the same end. */
export type NodeDrain = (node: SfuNode) => Promise<void>;

/**
 * One room after another, so that nobody's pictures wait for those of a whole clinic. Each is open at its new home, and
 * its people know, before the old one ends it.
 */
export function createNodeDrain({ homes, choose, place, move, log }: NodeDrainDeps): NodeDrain {
  const underWay = new Map<SfuNode, Promise<void>>();

  async function moveRoom(roomId: VisitId, from: SfuNode, to: SfuNode): Promise<void> {
    let isMoved = false;
    try {
      await move(roomId, () => {
        place(roomId, to);
        isMoved = true;
      });
    } catch (error) {
      log.error({ err: error, visitId: roomId }, 'a room has not moved in order');
    }
    if (isMoved) await from.release(roomId);
  }

  async function empty(node: SfuNode): Promise<void> {
    const tried = new Set<VisitId>();
    // Rooms may still come that were on their way here.
    for (let next = nextOf(node, tried); next; next = nextOf(node, tried)) {
      const target = choose(node);
      if (!target) return;
      tried.add(next);
      await moveRoom(next, node, target);
    }
  }

  function nextOf(node: SfuNode, tried: ReadonlySet<VisitId>): VisitId | undefined {
    return homes.roomsOf(node).find((roomId) => !tried.has(roomId));
  }

  return (node) => {
    const known = underWay.get(node);
    if (known) return known;
    const emptying = empty(node).finally(() => underWay.delete(node));
    underWay.set(node, emptying);
    return emptying;
  };
}
