import type { RequestHandlers, seatRequests } from '@careconnect/contracts';
import type { ApiClient } from '../../upstream/api-client.ts';
import type { RoomRegistry } from './room-registry.ts';
import type { SeatedPage } from './seated-page.ts';
import { visitErrors } from './visit-errors.ts';

type SeatHandlers = Pick<
  RequestHandlers<typeof seatRequests, SeatedPage>,
  'seat:check-in' | 'seat:join' | 'seat:ping' | 'seat:leave'
>;

export interface SeatRequestDeps {
  readonly api: Pick<ApiClient, 'checkIn'>;
  readonly registry: RoomRegistry;
}

/** Coming and going within a visit. */
export function createSeatRequests({ api, registry }: SeatRequestDeps): SeatHandlers {
  return {
    'seat:check-in': async ({ room, seat }) => {
      if (seat.isInRoom) return { phase: seat.phase, position: null };
      const context = await api.checkIn(room.seats.keyOf(seat.id));
      seat.mayJoin = context.mayJoin;
      room.seatOutside(seat, 'waiting', context.position);
      // The doctor may have admitted already; the person hears that right after this answer.
      registry.within(room.id, (live) => live.admitWaiting());
      return { phase: seat.phase, position: seat.position };
    },

    'seat:join': async ({ room, seat }, { ready }) => {
      if (!seat.isInRoom && !seat.mayJoin) throw visitErrors.notStarted();
      return room.join(seat, ready);
    },

    'seat:ping': async () => ({}),

    'seat:leave': async ({ room, seat, connection }) => {
      await room.sayGoodbye(seat);
      // After the acknowledgement, which leaves in this same turn of the event loop.
      setImmediate(() => connection.disconnect());
      return {};
    },
  };
}
