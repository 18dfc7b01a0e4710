import type { VisitChanged } from '@careconnect/contracts/internal';
import type { WaitingPosition } from '@careconnect/contracts';
import type { RoomRegistry } from './room-registry.ts';

export interface VisitPushes {
  changed(push: VisitChanged): void;
  positioned(positions: readonly WaitingPosition[]): void;
}

/** What api has decided, told to the visits it concerns, in the order it came. */
export function createVisitPushes(registry: RoomRegistry, lingerMs: number): VisitPushes {
  return {
    changed({ visit }) {
      registry.within(visit.id, async (room) => {
        const wasOver = room.isOver;
        await room.changed(visit);
        if (wasOver || !room.isOver) return;
        // Long enough to read that it is over, and for answers under way.
        setTimeout(() => registry.within(visit.id, (live) => live.dismiss()), lingerMs).unref();
      });
    },

    positioned(positions) {
      for (const position of positions) {
        registry.within(position.visitId, (room) => room.positioned(position));
      }
    },
  };
}
