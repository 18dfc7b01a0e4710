import type { RtpCapabilities, SeatId, TransportIds, VisitId } from '@careconnect/contracts';
import type { EnteredSeat, OpenSeat, SeatConsumer } from '@careconnect/contracts/internal';
import { KeyedQueue, type Logger } from '@careconnect/platform';
import type { Announce } from '../../announce.ts';
import { mediaErrors } from '../media-errors.ts';
import type { RoomSeat } from '../seats/room-seat.ts';
import type { WorkerPool } from '../workers/worker-pool.ts';
import { countSeats, type MediaCounts } from './media-counts.ts';
import type { FindPlace } from './part.ts';
import { Room } from './room.ts';
import type { SendingAccounts } from '../seats/sending-accounts.ts';

export interface RoomsOptions {
  readonly pool: WorkerPool;
  readonly findPlace: FindPlace;
  readonly announce: Announce;
  readonly log: Logger;
  /** How long an empty room waits for someone who reloads their page. */
  readonly lingerMs: number;
  /** How long a seat without any connection is kept for someone to come back to. */
  readonly abandonAfterMs: number;
  readonly sending: SendingAccounts;
}

export interface HeldRoom {
  readonly roomId: VisitId;
  /** Seats that a browser is connected to. */
  readonly connected: number;
}

/**
 * All rooms of this process. The making and closing of one room keep their order, and so do the opening,
 * entering and closing of one seat; everything else runs side by side.
 */
export class Rooms {
  readonly #options: RoomsOptions;
  readonly #rooms = new Map<VisitId, Room>();
  readonly #creating = new KeyedQueue();
  readonly #seatSteps = new KeyedQueue();
  #isClosed = false;

  constructor(options: RoomsOptions) {
    this.#options = options;
  }

  /** Opens a seat in a room, which is made when it is new. */
  async openSeat(
    roomId: VisitId,
    seatId: SeatId,
    rtpCapabilities: RtpCapabilities,
    keep: TransportIds | null,
  ): Promise<OpenSeat> {
    // Asked for right here, so that a `room:close` that comes later finds the room.
    const opening = this.#creating.run(roomId, () => this.#findOrCreate(roomId));
    // Its failure belongs to the step below, which may still have others before it.
    opening.catch(() => undefined);
    return this.#inOrder(roomId, seatId, async () => {
      const room = await opening;
      const seat = await room.openSeat(seatId, rtpCapabilities, keep);
      return { transports: room.describe(seat), isEntered: seat.isInside };
    });
  }

  async setInvited(roomId: VisitId, seatId: SeatId, isInvited: boolean): Promise<SeatConsumer[]> {
    return this.#inOrder(roomId, seatId, () => this.getRoom(roomId).setInvited(seatId, isInvited));
  }

  async enter(
    roomId: VisitId,
    seatId: SeatId,
    isHeld: boolean,
    ready: readonly string[],
  ): Promise<EnteredSeat> {
    // At once and not in the seat's turn: what is said of the room later must not be undone by this.
    const holding = this.setHeld(roomId, isHeld);
    holding.catch(() => undefined);
    return this.#inOrder(roomId, seatId, async () => {
      await holding;
      return this.getRoom(roomId).enter(seatId, ready);
    });
  }

  async setHeld(roomId: VisitId, isHeld: boolean): Promise<void> {
    await this.#rooms.get(roomId)?.setHeld(isHeld);
  }

  async closeSeat(roomId: VisitId, seatId: SeatId): Promise<void> {
    await this.#inOrder(roomId, seatId, async () => this.#rooms.get(roomId)?.closeSeat(seatId));
  }

  /** Also a room that is just being made. */
  async closeRoom(roomId: VisitId): Promise<void> {
    await this.#creating.run(roomId, async () => this.#rooms.get(roomId)?.close());
  }

  /** Which of these there are, those that are just being made included. */
  async find(roomIds: readonly VisitId[]): Promise<HeldRoom[]> {
    const found = await Promise.all(
      roomIds.map((roomId) => this.#creating.run(roomId, async () => this.#rooms.get(roomId))),
    );
    return found.flatMap((room) => (room ? [{ roomId: room.id, connected: room.connectedCount }] : []));
  }

  getRoom(roomId: VisitId): Room {
    const room = this.#rooms.get(roomId);
    if (!room) throw mediaErrors.noSeat();
    return room;
  }

  getSeat(roomId: VisitId, seatId: SeatId): RoomSeat {
    return this.getRoom(roomId).getSeat(seatId);
  }

  /** What this node carries of them. */
  counts(): MediaCounts {
    const seats = [...this.#rooms.values()].flatMap((room) => room.seats).filter(({ isHere }) => isHere);
    return { rooms: this.#rooms.size, ...countSeats(seats) };
  }

  /** The process is about to stop: signaling learns that every room needs a new home. */
  close(): void {
    this.#isClosed = true;
    for (const room of [...this.#rooms.values()]) room.lose();
  }

  #inOrder<T>(roomId: VisitId, seatId: SeatId, step: () => Promise<T>): Promise<T> {
    return this.#seatSteps.run(`${roomId}/${seatId}`, step);
  }

  async #findOrCreate(roomId: VisitId): Promise<Room> {
    const known = this.#rooms.get(roomId);
    if (known) return known;
    // Whoever has just been told that their room is lost may ask before the connection ends.
    if (this.#isClosed) throw mediaErrors.unavailable();
    const { pool, ...options } = this.#options;
    const room = await Room.create({
      ...options,
      roomId,
      worker: await pool.place(),
      onClosed: () => this.#rooms.delete(roomId),
    });
    this.#rooms.set(roomId, room);
    return room;
  }
}
