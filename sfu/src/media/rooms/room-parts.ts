import { media, mediaErrors } from '../media-errors.ts';
import type { RoomSeat, SeatOptions } from '../seats/room-seat.ts';
import type { MediaWorker } from '../workers/media-worker.ts';
import { RoomPart } from '../workers/room-part.ts';
import { localPart } from './local-part.ts';
import type { FindPlace, HomeRoom, Part, PartPlace } from './part.ts';

/**
 * A worker is one thread and carries about 500 consumers (mediasoup's documentation, "Scalability"). Six seats of a full
 * visit of twelve watch eleven others with camera and microphone: 132 consumers, a quarter of that, so that those who
 * share the worker feel nothing of it. A visit of up to six stays on one worker.
 */
export const SEATS_ON_A_WORKER = 6;

export type GrowingRoom = Omit<HomeRoom, 'first' | 'onLost'>;

/** The parts of one room, at least one and each in a place of its own. */
export class RoomParts {
  readonly #room: HomeRoom;
  readonly #findPlace: FindPlace;
  /** And the seats on each, those included that are just being opened. */
  readonly #seatCounts = new Map<Part, number>();
  readonly #partOf = new WeakMap<RoomSeat, Part>();
  #growing: Promise<boolean> | null = null;
  #isClosed = false;
  /** What one of them was on is gone. */
  onLost = (): void => undefined;

  /** The first is on this worker. */
  static async create(worker: MediaWorker, room: GrowingRoom, findPlace: FindPlace): Promise<RoomParts> {
    const first = await media('the room', () => RoomPart.create(worker));
    return new RoomParts(first, room, findPlace);
  }

  private constructor(first: RoomPart, room: GrowingRoom, findPlace: FindPlace) {
    this.#room = { ...room, first, onLost: () => this.onLost() };
    this.#findPlace = findPlace;
    this.#seatCounts.set(localPart(first, this.#room), 0);
  }

  /** Where the room has begun. */
  get first(): RoomPart {
    return this.#room.first;
  }

  /** Opens a seat on the part where it has been, or on any with room. */
  async openSeat(options: SeatOptions, before?: RoomSeat): Promise<RoomSeat> {
    const part = await this.#place(before && this.#partOf.get(before));
    const free = (): void => this.#count(part, -1);
    try {
      const seat = await part.openSeat({ ...options, onClosed: free });
      this.#partOf.set(seat, part);
      return seat;
    } catch (error) {
      free();
      throw error;
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const part of this.#seatCounts.keys()) part.close();
  }

  /** The seat counts there from now on. */
  async #place(known?: Part): Promise<Part> {
    let mayGrow = !known;
    while (mayGrow && this.#isFull && this.#nextPlace) mayGrow = await this.#grow();
    const part = known ?? this.#parts.find((other) => this.#hasRoom(other)) ?? this.#leastSeats;
    if (this.#isClosed || !part) throw mediaErrors.unavailable();
    this.#count(part, 1);
    return part;
  }

  get #parts(): Part[] {
    return [...this.#seatCounts.keys()];
  }

  get #isFull(): boolean {
    return !this.#isClosed && !this.#parts.some((part) => this.#hasRoom(part));
  }

  get #nextPlace(): PartPlace | null {
    return this.#findPlace(this.#parts.map(({ on }) => on));
  }

  get #leastSeats(): Part | undefined {
    return this.#parts.toSorted((a, b) => this.#seatsOn(a) - this.#seatsOn(b))[0];
  }

  #hasRoom(part: Part): boolean {
    return this.#seatsOn(part) < SEATS_ON_A_WORKER;
  }

  #seatsOn(part: Part): number {
    return this.#seatCounts.get(part) ?? 0;
  }

  #count(part: Part, change: number): void {
    this.#seatCounts.set(part, this.#seatsOn(part) + change);
  }

  /** Those who need another part at the same moment get the same one. Answers whether there is one more. */
  #grow(): Promise<boolean> {
    this.#growing ??= this.#addAnother().finally(() => (this.#growing = null));
    return this.#growing;
  }

  async #addAnother(): Promise<boolean> {
    const place = this.#nextPlace;
    if (!place) return false;
    try {
      const part = await place.openPart(this.#room);
      if (this.#isClosed) part.close();
      else this.#seatCounts.set(part, 0);
      return true;
    } catch (error) {
      // The room goes on where it is: whoever comes had better be a little crowded than turned away.
      this.#room.log.warn({ err: error, visitId: this.#room.roomId }, 'room could not grow');
      return false;
    }
  }
}
