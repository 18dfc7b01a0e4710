import {
  isVisitOver,
  VISIT_MAX_SEATS,
  type SeatHandshake,
  type SeatTransports,
} from '@careconnect/contracts';
import type { SeatContext, SeatTicketClaims } from '@careconnect/contracts/internal';
import type { Clock } from '@careconnect/platform';
import type { ApiClient } from '../../upstream/api-client.ts';
import type { RoomMedia } from './room-media.ts';
import type { RoomRegistry } from './room-registry.ts';
import type { Seat, SeatConnection, SeatMedia } from './seat.ts';
import type { Arrival } from './seat-socket.ts';
import { visitErrors } from './visit-errors.ts';
import { phaseOnArrival } from './visit-rules.ts';
import type { VisitRoom } from './visit-room.ts';

export interface SeatArrivalDeps {
  readonly registry: RoomRegistry;
  readonly api: Pick<ApiClient, 'seatContext'>;
  readonly media: RoomMedia;
  readonly clock: Clock;
}

/** Seats a person whose ticket is good. To be called inside the visit's turn. */
export type SeatArrival = (
  claims: SeatTicketClaims,
  handshake: SeatHandshake,
  connection: SeatConnection,
) => Promise<Arrival>;

/** Errors: SEAT_TAKEN, VISIT_FULL, VISIT_OVER, and what api says about the seat. */
export function createSeatArrival({ registry, api, media, clock }: SeatArrivalDeps): SeatArrival {
  async function prepare(
    { visitId, seatId }: SeatTicketClaims,
    { rtpCapabilities }: SeatHandshake,
  ): Promise<{ context: SeatContext; transports: SeatTransports | null }> {
    const opening = rtpCapabilities ? media.open(visitId, seatId, rtpCapabilities) : Promise.resolve(null);
    try {
      const context = await api.seatContext(visitId, seatId);
      if (isVisitOver(context.visit.state)) throw visitErrors.over();
      return { context, transports: await opening };
    } catch (error) {
      if (await opening) await media.closeSeat(visitId, seatId);
      throw error;
    }
  }

  async function settle(room: VisitRoom, seat: Seat, context: SeatContext): Promise<void> {
    seat.mayJoin = context.mayJoin;
    seat.phase = phaseOnArrival(seat.role, seat.phase, context);
    seat.position = seat.phase === 'waiting' ? context.position : null;
    if (seat.isInRoom) await room.enter(seat);
  }

  return async (claims, handshake, connection) => {
    refuseIfOccupied(registry.find(claims.visitId), claims, handshake.takeOver);
    const { context, transports } = await prepare(claims, handshake);
    const room = registry.open(context.visit);
    await room.heard(context.visit);
    const seat = room.place(claims);
    // A page without capabilities keeps the media it has: its transports outlive a lost socket.
    if (handshake.rtpCapabilities) seat.resetMedia(transports ? 'open' : 'missing');
    room.connect(seat, connection);
    await settle(room, seat, context);
    const welcome = {
      visit: context.visit,
      self: seat.toPeer(),
      phase: seat.phase,
      mayJoin: seat.mayJoin,
      transports: isMediaOpen(seat.media) ? transports : null,
      room: seat.isInRoom ? room.snapshotFor(seat) : null,
      position: seat.position,
      serverTime: clock.now().toISOString(),
    };
    return { session: { room, seat, connection }, welcome };
  };
}

// A function, so that what is known of the media before `enter` is not taken for what is true after it.
function isMediaOpen(media: SeatMedia): boolean {
  return media === 'open';
}

function refuseIfOccupied(room: VisitRoom | null, { seatId }: SeatTicketClaims, takeOver: boolean): void {
  if (!room) return;
  if (room.isOver) throw visitErrors.over();
  const seat = room.seat(seatId);
  if (seat?.hasLivePage && !takeOver) throw visitErrors.seatTaken();
  if (!seat && room.size >= VISIT_MAX_SEATS) throw visitErrors.full();
}
