import type { Seat, SeatConnection } from './seat.ts';
import { visitErrors } from './visit-errors.ts';
import type { VisitRoom } from './visit-room.ts';

/** A page that sits in a seat, over one connection. Whose seat it is comes from the ticket, never from a payload. */
export interface SeatedPage {
  readonly room: VisitRoom;
  readonly seat: Seat;
  readonly connection: SeatConnection;
}

/** Errors: VISIT_OVER, NOT_IN_ROOM (has left), SEAT_TAKEN (another connection has the seat). */
export function requireLive(page: SeatedPage): SeatedPage {
  const { room, seat, connection } = page;
  if (room.isOver) throw visitErrors.over();
  if (room.seats.find(seat.id) !== seat) throw visitErrors.notInRoom();
  if (!seat.holds(connection)) throw visitErrors.seatTaken();
  return page;
}
