import type { RoomRegistry } from './room-registry.ts';
import type { SeatedPage } from './seated-page.ts';

/** Keeps the seat of someone whose connection broke, and gives it up when they stay away. */
export interface GracePeriod {
  /** To be called inside the visit's turn; does nothing for a connection that had lost its seat before. */
  begin(page: SeatedPage): Promise<void>;
}

export function createGracePeriod(registry: RoomRegistry, graceMs: number): GracePeriod {
  return {
    async begin({ room, seat, connection }) {
      if (!room.seats.disconnect(seat, connection)) return;
      if (room.isOver) return room.leave(seat);
      const absence = seat.absences;
      setTimeout(() => {
        registry.withinLast(room.id, async (live) => {
          const isStillAway = !seat.isConnected && seat.absences === absence;
          if (isStillAway && live === room) await live.leave(seat);
        });
      }, graceMs).unref();
    },
  };
}
