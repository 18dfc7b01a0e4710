import type { VisitId } from '@careconnect/contracts';
import type { Logger } from '@careconnect/platform';
import type { RoomHomes } from './room-homes.ts';
import type { SfuNode } from './sfu-node.ts';
import type { RoomListener } from './sfu-port.ts';

export interface NodeDrainDeps {
  readonly homes: RoomHomes;
  /** Where a room can go that leaves this node; null when there is nowhere. */
  readonly choose: (leaving: SfuNode) => SfuNode | null;
  /** Gives a room its new home; resolves when nothing of it is left at the old one. */
  readonly depart: (roomId: VisitId, from: SfuNode, to: SfuNode) => Promise<void>;
  readonly move: RoomListener['move'];
  readonly log: Logger;
}

/** Moves what can be moved from a node that is to carry nothing; those who ask for it meanwhile wait for the same end. */
export type NodeDrain = (node: SfuNode) => Promise<void>;

/**
 * One room after another is opened at its new home, so that nobody's pictures wait for those of a whole clinic; how long
 * its people then take to come over holds up no other room.
 */
export function createNodeDrain({ homes, choose, depart, move, log }: NodeDrainDeps): NodeDrain {
  const underWay = new Map<SfuNode, Promise<void>>();

  /** Answers with what there is to wait for, be it nothing. */
  async function moveRoom(roomId: VisitId, from: SfuNode, to: SfuNode): Promise<Promise<void>[]> {
    const departures: Promise<void>[] = [];
    try {
      await move(roomId, () => departures.push(depart(roomId, from, to)));
    } catch (error) {
      log.error({ err: error, visitId: roomId }, 'a room has not moved in order');
    }
    return departures;
  }

  async function empty(node: SfuNode): Promise<void> {
    const tried = new Set<VisitId>();
    const departures: Promise<void>[] = [];
    // Rooms may still come that were on their way here.
    for (let next = nextOf(node, tried); next; next = nextOf(node, tried)) {
      const target = choose(node);
      if (!target) break;
      tried.add(next);
      departures.push(...(await moveRoom(next, node, target)));
    }
    await Promise.all(departures);
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
