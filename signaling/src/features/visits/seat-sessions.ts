import type { SessionHolder } from '../sessions/live-sessions.ts';
import type { RoomRegistry } from './room-registry.ts';

/** The seats of live visits, whose people are there for as long as they are signed in. */
export function createSeatSessions(registry: RoomRegistry): SessionHolder {
  return {
    sessionIds: () => registry.all.flatMap((room) => room.seats.sessionIds),
    endSession(sessionId) {
      for (const { id, seats } of registry.all) {
        if (seats.sessionIds.includes(sessionId)) registry.within(id, (room) => room.endSession(sessionId));
      }
    },
  };
}
