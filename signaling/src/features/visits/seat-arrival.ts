import { isVisitOver, VISIT_MAX_SEATS, type SeatHandshake } from '@careconnect/contracts';
import type { OpenSeat, SeatContext, SeatTicketClaims } from '@careconnect/contracts/internal';
import type { Clock } from '@careconnect/platform';
import type { ApiClient } from '../../upstream/api-client.ts';
import { phaseOnArrival } from './arrival-phase.ts';
import type { ExpelledSeats } from './expelled-seats.ts';
import type { IceServersFor } from './ice-servers.ts';
import type { RoomMedia } from './room-media.ts';
import type { RoomRegistry } from './room-registry.ts';
import type { Seat, SeatConnection } from './seat.ts';
import type { Arrival } from './seat-socket.ts';
import { visitErrors } from './visit-errors.ts';
import type { VisitRoom } from './visit-room.ts';

export interface SeatArrivalDeps {
  readonly registry: RoomRegistry;
  readonly api: Pick<ApiClient, 'seatContext'>;
  readonly media: RoomMedia;
  readonly expelled: ExpelledSeats;
  readonly iceServersFor: IceServersFor;
  readonly clock: Clock;
}

/** Seats a person whose ticket is good. To be called inside the visit's turn. */
export type SeatArrival = (
  claims: SeatTicketClaims,
  handshake: SeatHandshake,
  connection: SeatConnection,
) => Promise<Arrival>;

/** Errors: SENT_TOO_MUCH, SEAT_TAKEN, VISIT_FULL, VISIT_OVER, and what api says about the seat. */
export function createSeatArrival(deps: SeatArrivalDeps): SeatArrival {
  const { registry, api, media, expelled, iceServersFor, clock } = deps;

  async function prepare(
    { org: organizationId, visitId, seatId }: SeatTicketClaims,
    handshake: SeatHandshake,
  ): Promise<{ context: SeatContext; opened: OpenSeat | null }> {
    const { rtpCapabilities, transports } = handshake;
    const opening = rtpCapabilities
      ? media.open(visitId, seatId, rtpCapabilities, transports)
      : Promise.resolve(null);
    try {
      const context = await api.seatContext({ organizationId, visitId, seatId });
      if (isVisitOver(context.visit.state)) throw visitErrors.over();
      return { context, opened: await opening };
    } catch (error) {
      const opened = await opening;
      // What was there before goes on until the person has had another try.
      if (opened && !isKept(opened, handshake)) await media.closeSeat(visitId, seatId);
      throw error;
    }
  }

  /** Takes someone out of the room who may not be in it any more, and answers with new media for outside. */
  async function fallOut(
    room: VisitRoom,
    { seatId }: SeatTicketClaims,
    { rtpCapabilities }: SeatHandshake,
  ): Promise<OpenSeat | null> {
    await room.withdraw(seatId);
    return rtpCapabilities ? media.open(room.id, seatId, rtpCapabilities) : null;
  }

  /** Gives the seat the media that was opened for its page. */
  async function equip(
    room: VisitRoom,
    seat: Seat,
    opened: OpenSeat | null,
    handshake: SeatHandshake,
  ): Promise<void> {
    seat.rtpCapabilities = handshake.rtpCapabilities ?? null;
    if (opened && isKept(opened, handshake)) return seat.keepMedia(opened.isEntered);
    if (opened) return seat.resetMedia('open');
    if (seat.rtpCapabilities) return room.tracks.miss(seat);
    await media.closeSeat(room.id, seat.id);
    seat.resetMedia('none');
  }

  return async (claims, handshake, connection) => {
    if (expelled.has(claims.seatId)) throw visitErrors.sentTooMuch();
    refuseIfOccupied(registry.find(claims.visitId), claims, handshake);
    const { context, opened: prepared } = await prepare(claims, handshake);
    const room = registry.open(claims.org, context.visit);
    await room.heard(context.visit);
    // A process that has just started does not know who was in the room. The SFU does.
    const isSeenInRoom = prepared?.isEntered === true || room.returning.has(claims.seatId);
    const before = room.seats.find(claims.seatId)?.phase ?? (isSeenInRoom ? 'in_room' : null);
    const phase = phaseOnArrival(claims.seatRole, {
      before,
      isSamePage: isSamePage(room.seats.find(claims.seatId), handshake, prepared),
      mayJoin: context.mayJoin,
      isCheckedIn: context.isCheckedIn,
    });
    const hasFallenOut = before === 'in_room' && phase !== 'in_room';
    const opened = hasFallenOut ? await fallOut(room, claims, handshake) : prepared;
    const seat = room.place(claims);
    seat.mayJoin = context.mayJoin;
    seat.messagesAfter = handshake.messagesAfter;
    await equip(room, seat, opened, handshake);
    if (phase !== 'in_room') room.seatOutside(seat, phase, context.position);
    room.seats.connect(seat, connection, claims.sid);
    if (phase === 'in_room') await room.enter(seat, { isReturning: before === 'in_room' });
    else await room.tracks.invite(seat, seat);
    const welcome = {
      connectionId: connection.id,
      visit: context.visit,
      self: seat.toPeer(),
      phase: seat.phase,
      mayJoin: seat.mayJoin,
      // The room may have found out that they are gone.
      transports: seat.hasTransports && opened ? opened.transports : null,
      iceServers: iceServersFor(seat.id),
      room: seat.isInRoom ? room.snapshotFor(seat) : null,
      prepared: seat.isInRoom ? [] : seat.consumers,
      position: seat.position,
      serverTime: clock.now().toISOString(),
    };
    return { page: { room, seat, connection }, welcome };
  };
}

/**
 * Whether it is the page that was here before: only that one knows its transports. After a restart nobody knows
 * which connection it had; one that has never been here does not say that it was.
 */
function isSamePage(seat: Seat | null, handshake: SeatHandshake, opened: OpenSeat | null): boolean {
  if (opened && isKept(opened, handshake)) return true;
  return seat ? seat.isOf(handshake) : handshake.takeOver || handshake.previousConnection !== undefined;
}

function isKept({ transports: { send, recv } }: OpenSeat, { transports: known }: SeatHandshake): boolean {
  return send.id === known?.send && recv.id === known.recv;
}

function refuseIfOccupied(
  room: VisitRoom | null,
  { seatId }: SeatTicketClaims,
  handshake: SeatHandshake,
): void {
  if (!room) return;
  if (room.isOver) throw visitErrors.over();
  const seat = room.seats.find(seatId);
  if (seat?.isTakenFor(handshake)) throw visitErrors.seatTaken();
  if (!seat && room.seats.size >= VISIT_MAX_SEATS) throw visitErrors.full();
}
