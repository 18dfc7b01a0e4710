import type { VisitChanged } from '@careconnect/contracts/internal';
import type { Visit, VisitState, WaitingPosition } from '@careconnect/contracts';
import type { RoomRegistry } from './room-registry.ts';
import type { VisitRoom } from './visit-room.ts';

export interface VisitPushes {
  changed(push: VisitChanged): void;
  /** What api answered about a visit that was `known`; news unless a push has overtaken the answer. */
  heard(known: Visit, state: VisitState): void;
  positioned(positions: readonly WaitingPosition[]): void;
}

/** What api has decided, told to the visits it concerns, in the order it came. */
export function createVisitPushes(registry: RoomRegistry, lingerMs: number): VisitPushes {
  async function change(room: VisitRoom, visit: Visit): Promise<void> {
    const wasOver = room.isOver;
    await room.changed(visit);
    if (wasOver || !room.isOver) return;
    // Long enough to read that it is over, and for answers under way.
    setTimeout(() => registry.within(visit.id, (live) => live.dismiss()), lingerMs).unref();
  }

  return {
    changed({ visit }) {
      registry.within(visit.id, (room) => change(room, visit));
    },

    heard(known, state) {
      if (state === known.state) return;
      registry.within(known.id, async (room) => {
        if (room.visit === known) await change(room, { ...known, state });
      });
    },

    positioned(positions) {
      for (const position of positions) {
        registry.tell(position.visitId, (room) => room.positioned(position));
      }
    },
  };
}
