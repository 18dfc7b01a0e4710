import type { SeatId, SessionId } from '@careconnect/contracts';
import type { SeatKey, VisitKey } from '@careconnect/contracts/internal';
import type { Logger } from '@careconnect/platform';
import type { FactsPort } from '../../upstream/facts-outbox.ts';
import type { SeatPushes } from './seat-contract.ts';
import { Seat, type SeatConnection, type SeatPerson } from './seat.ts';

interface RoomSeatsDeps {
  readonly facts: FactsPort;
  readonly log: Logger;
}

/** The seats of one live visit, and through which connection each person sits in theirs. */
export class RoomSeats implements Iterable<Seat> {
  readonly #visit: VisitKey;
  readonly #deps: RoomSeatsDeps;
  readonly #seats = new Map<SeatId, Seat>();

  constructor(visit: VisitKey, deps: RoomSeatsDeps) {
    this.#visit = visit;
    this.#deps = deps;
  }

  [Symbol.iterator](): MapIterator<Seat> {
    return this.#seats.values();
  }

  get size(): number {
    return this.#seats.size;
  }

  /** Through which sessions people sit here, those included whose connection is being mended. */
  get sessionIds(): SessionId[] {
    return [...this].flatMap(({ sessionId }) => sessionId ?? []);
  }

  /** The name of a seat between our own processes. */
  keyOf(seatId: SeatId): SeatKey {
    return { ...this.#visit, seatId };
  }

  find(seatId: SeatId): Seat | null {
    return this.#seats.get(seatId) ?? null;
  }

  /** The seat of this person, kept from before or new. */
  place(person: SeatPerson): Seat {
    const seat = this.find(person.seatId) ?? new Seat(person);
    this.#seats.set(seat.id, seat);
    return seat;
  }

  /** Takes a seat away with its connection. Answers whether it was one of these. */
  remove(seat: Seat): boolean {
    if (!this.#seats.delete(seat.id)) return false;
    this.#release(seat);
    return true;
  }

  clear(): void {
    for (const seat of this) this.#release(seat);
    this.#seats.clear();
  }

  connect(seat: Seat, connection: SeatConnection, sessionId: SessionId): void {
    const previous = seat.connect(connection, sessionId);
    if (previous) {
      previous.emit('seat:replaced', {});
      previous.disconnect();
      return;
    }
    this.#deps.facts.add('seat.connected', this.keyOf(seat.id));
    this.#deps.log.info({ visitId: this.#visit.visitId, seatId: seat.id }, 'seat connected');
    if (seat.isInRoom) this.tellOthers(seat, 'peer:connection', { seatId: seat.id, isConnected: true });
  }

  /** Answers whether this connection still held its seat. */
  disconnect(seat: Seat, connection: SeatConnection): boolean {
    if (!seat.holds(connection)) return false;
    this.#release(seat);
    if (seat.isInRoom) this.tellOthers(seat, 'peer:connection', { seatId: seat.id, isConnected: false });
    return true;
  }

  othersInRoom(seat: Seat): Seat[] {
    return [...this].filter((other) => other !== seat && other.isInRoom);
  }

  tellOthers<Name extends keyof SeatPushes>(
    seat: Seat,
    name: Name,
    ...payload: Parameters<SeatPushes[Name]>
  ): void {
    for (const other of this.othersInRoom(seat)) other.push(name, ...payload);
  }

  #release(seat: Seat): void {
    if (!seat.disconnect()) return;
    this.#deps.facts.add('seat.disconnected', this.keyOf(seat.id));
    this.#deps.log.info({ visitId: this.#visit.visitId, seatId: seat.id }, 'seat disconnected');
  }
}
