import type { Seat, SeatConnection } from './seat.ts';
import { visitErrors } from './visit-errors.ts';
import type { VisitRoom } from './visit-room.ts';

/** One connection's hold on one seat. Whose seat it is comes from the ticket, never from a payload. */
export interface SeatSession {
  readonly room: VisitRoom;
  readonly seat: Seat;
  readonly connection: SeatConnection;
}

/** Errors: VISIT_OVER, NOT_IN_ROOM (has left), SEAT_TAKEN (another connection has the seat). */
export function requireLive(session: SeatSession): SeatSession {
  const { room, seat, connection } = session;
  if (room.isOver) throw visitErrors.over();
  if (room.seats.find(seat.id) !== seat) throw visitErrors.notInRoom();
  if (!seat.holds(connection)) throw visitErrors.seatTaken();
  return session;
}
