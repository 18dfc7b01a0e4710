import type { Logger } from '@careconnect/platform';
import type { ApiClient } from '../../upstream/api-client.ts';
import type { RoomRegistry } from './room-registry.ts';
import type { Seat } from './seat.ts';
import type { VisitRoom } from './visit-room.ts';

export interface WaitingWatchOptions {
  readonly registry: RoomRegistry;
  readonly api: Pick<ApiClient, 'seatContext'>;
  readonly log: Logger;
  readonly everyMs: number;
}

/**
 * Asks api again and again about visits in which someone waits. Pushes are quicker, but one that was lost
 * must not leave a patient waiting who has been admitted. Answers with how to stop.
 */
export function watchWaiting({ registry, api, log, everyMs }: WaitingWatchOptions): () => void {
  function check(): void {
    for (const room of registry.all) if (room.waitingSeat) ask(room, room.waitingSeat);
  }

  function ask(room: VisitRoom, seat: Seat): void {
    const known = room.visit;
    api.seatContext(room.id, seat.id).then(
      // An answer that a push has overtaken is old.
      ({ visit }) =>
        registry.within(room.id, async (live) => {
          if (live.visit === known) await live.heard(visit);
        }),
      (error: unknown) => log.debug({ err: error, visitId: room.id }, 'api did not tell of a visit'),
    );
  }

  const timer = setInterval(check, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
