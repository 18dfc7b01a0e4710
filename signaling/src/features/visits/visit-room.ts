import {
  isVisitOver,
  mayEnterRoom,
  type OrganizationId,
  type RoomSnapshot,
  type SeatId,
  type SessionId,
  type Visit,
  type VisitId,
  type WaitingPosition,
} from '@careconnect/contracts';
import type { VisitKey } from '@careconnect/contracts/internal';
import type { Logger } from '@careconnect/platform';
import type { ApiClient } from '../../upstream/api-client.ts';
import type { FactsPort } from '../../upstream/facts-outbox.ts';
import { RoomChat } from '../chat/room-chat.ts';
import type { RoomMedia } from './room-media.ts';
import { ReturningSeats } from './returning-seats.ts';
import { RoomSeats } from './room-seats.ts';
import { RoomTracks } from './room-tracks.ts';
import type { Seat, SeatPerson } from './seat.ts';

interface EnterOptions {
  readonly isReturning?: boolean;
  readonly ready?: readonly string[];
}

export interface VisitRoomDeps {
  readonly media: RoomMedia;
  readonly api: Pick<ApiClient, 'messages'>;
  readonly facts: FactsPort;
  readonly log: Logger;
  /** Has the room give up this seat after the time for which seats are kept. */
  readonly giveUpLater: (room: VisitRoom, seatId: SeatId) => void;
  /** Has the room look for media in a moment, for those who have none. */
  readonly mendLater: (room: VisitRoom) => void;
}

/**
 * One visit while anybody is connected to it: who is where on the way into its room and out of it, and who must hear
 * of what. Its methods are called one at a time, inside the visit's turn (see `RoomRegistry.run`).
 */
export class VisitRoom {
  readonly id: VisitId;
  /** Its name between our own processes. */
  readonly key: VisitKey;
  readonly seats: RoomSeats;
  readonly chat: RoomChat;
  readonly tracks: RoomTracks;
  readonly returning: ReturningSeats;
  readonly #deps: VisitRoomDeps;
  #visit: Visit;

  constructor(organizationId: OrganizationId, visit: Visit, deps: VisitRoomDeps) {
    this.id = visit.id;
    this.key = { organizationId, visitId: visit.id };
    this.#visit = visit;
    this.#deps = deps;
    this.seats = new RoomSeats(this.key, deps);
    this.chat = new RoomChat({
      visit: this.key,
      api: deps.api,
      seats: this.seats,
      log: deps.log,
    });
    this.tracks = new RoomTracks({
      roomId: visit.id,
      media: deps.media,
      seats: this.seats,
      isHeld: () => this.isOnHold,
      mendLater: () => deps.mendLater(this),
    });
    this.returning = new ReturningSeats({
      isSeated: (seatId) => this.seats.find(seatId) !== null,
      onExpected: (seatId) => deps.giveUpLater(this, seatId),
    });
  }

  /** As api told last. */
  get visit(): Visit {
    return this.#visit;
  }

  get isOver(): boolean {
    return isVisitOver(this.#visit.state);
  }

  get isOnHold(): boolean {
    return this.#visit.state === 'on_hold';
  }

  /** The seat of this person, kept from before or new. */
  place(person: SeatPerson): Seat {
    this.returning.strike(person.seatId);
    return this.seats.place(person);
  }

  /**
   * Seats someone in the room and tells the others; again for someone who is in it and has new media.
   * `isReturning`: they were in it all the while, and only this process has not known them. `ready`:
   * consumers that their page has negotiated ahead. Answers false when the media turned out to be gone; the
   * person is in the room with words then.
   */
  async enter(seat: Seat, { isReturning = false, ready = [] }: EnterOptions = {}): Promise<boolean> {
    const [entered] = await Promise.all([this.tracks.enter(seat, ready), this.chat.load()]);
    if (!seat.isInRoom) {
      seat.phase = 'in_room';
      seat.position = null;
      this.seats.tellOthers(seat, 'peer:joined', seat.toPeer());
      if (!isReturning) this.#deps.facts.add('seat.joined', this.seats.keyOf(seat.id));
      this.#deps.log.info({ visitId: this.id, seatId: seat.id, isReturning }, 'peer joined');
    }
    this.tracks.deliver(entered?.consumers ?? [], seat);
    this.returning.expect(entered?.inside ?? []);
    return entered !== null;
  }

  /** Seats someone where they see only themselves. Who was in the room has been withdrawn from it before. */
  seatOutside(seat: Seat, phase: 'lobby' | 'waiting', position: WaitingPosition | null): void {
    seat.phase = phase;
    seat.position = phase === 'waiting' ? position : null;
  }

  /** Enters and answers with the room. Who is in it already gets it again. */
  async join(seat: Seat, ready: readonly string[] = []): Promise<RoomSnapshot> {
    if (!seat.isInRoom || ready.length > 0) {
      const hasMedia = await this.enter(seat, { ready });
      if (!hasMedia) seat.push('media:lost', {});
    }
    return this.snapshotFor(seat);
  }

  snapshotFor(seat: Seat): RoomSnapshot {
    return {
      peers: this.seats.othersInRoom(seat).map((other) => other.toPeer()),
      returning: this.returning.all,
      consumers: seat.consumers,
      ...this.chat.newsAfter(seat.messagesAfter),
    };
  }

  /** Lets in everyone who waits and may be in the room. Who is away for a moment is let in on return. */
  async admitWaiting(): Promise<void> {
    for (const seat of this.seats) {
      if (seat.phase !== 'waiting' || !seat.mayJoin || !seat.isConnected) continue;
      seat.push('seat:admitted', await this.join(seat));
    }
  }

  async changed(visit: Visit): Promise<void> {
    if (this.isOver) return;
    const wasOnHold = this.isOnHold;
    this.#visit = visit;
    for (const seat of this.seats) {
      seat.mayJoin = mayEnterRoom(seat.role, visit.state);
      seat.push('visit:state', { visitId: this.id, state: visit.state, mayJoin: seat.mayJoin });
    }
    this.#deps.log.info({ visitId: this.id, state: visit.state }, 'visit changed');
    if (this.isOver) return this.#deps.media.closeRoom(this.id);
    if (this.isOnHold !== wasOnHold) await this.tracks.hold();
    await this.admitWaiting();
    const outside = [...this.seats].filter(({ isInRoom }) => !isInRoom);
    await Promise.all(outside.map((seat) => this.tracks.invite(seat, null)));
  }

  /** A push may have been lost on its way: whoever asks api brings the news to everyone. */
  async heard(visit: Visit): Promise<void> {
    if (visit.state !== this.#visit.state) await this.changed(visit);
  }

  positioned(position: WaitingPosition): void {
    for (const seat of this.seats) {
      if (seat.phase !== 'waiting') continue;
      seat.position = position;
      seat.push('queue:position', position);
    }
  }

  /** Whoever sits in the room is told who speaks. */
  spoke(seatId: SeatId): void {
    for (const seat of this.seats) if (seat.isInRoom) seat.push('room:speaker', { seatId });
  }

  /** Its person says that they leave: told from whoever only loses the connection, also of someone who waits. */
  async sayGoodbye(seat: Seat): Promise<void> {
    const hasWaited = seat.phase === 'waiting';
    await this.leave(seat);
    if (hasWaited) this.#deps.facts.add('seat.left', this.seats.keyOf(seat.id));
    this.#deps.facts.add('seat.goodbye', this.seats.keyOf(seat.id));
  }

  async leave(seat: Seat): Promise<void> {
    if (!this.seats.remove(seat)) return;
    if (seat.isInRoom) await this.withdraw(seat.id);
    else if (seat.hasTransports) await this.#closeMedia(seat.id);
  }

  /** The one way out of the room, for whatever reason: the others are told, and nothing more is shown. */
  async withdraw(seatId: SeatId): Promise<void> {
    for (const other of this.seats) {
      if (other.id !== seatId && other.isInRoom) other.push('peer:left', { seatId });
    }
    this.#deps.facts.add('seat.left', this.seats.keyOf(seatId));
    this.#deps.log.info({ visitId: this.id, seatId }, 'peer left');
    await this.#closeMedia(seatId);
  }

  /** Whoever was to come back has not done so in time. */
  async giveUp(seatId: SeatId): Promise<void> {
    if (this.returning.strike(seatId)) await this.withdraw(seatId);
  }

  /** Somebody floods the visit: their page is let go, and reads why when it comes back. */
  async expel(seatId: SeatId): Promise<void> {
    this.#deps.log.warn({ visitId: this.id, seatId }, 'peer expelled: it sent far too much');
    const seat = this.seats.find(seatId);
    if (!seat) return this.giveUp(seatId);
    seat.hangUp();
    await this.leave(seat);
  }

  /** Lets those go who sit here through a session that is over. The visit goes on, and their seat stays theirs. */
  async endSession(sessionId: SessionId): Promise<void> {
    for (const seat of this.seats) {
      if (seat.sessionId !== sessionId) continue;
      seat.push('session:ended', {});
      seat.hangUp();
      await this.leave(seat);
    }
  }

  /** Closes every connection and seat of a visit that is over. */
  async dismiss(): Promise<void> {
    for (const seat of this.seats) {
      seat.hangUp();
      await this.leave(seat);
    }
  }

  /** Another process serves the visit now: pages go there by themselves, with their media as it is. */
  yield(): void {
    for (const seat of this.seats) seat.hangUp();
    this.abandon();
  }

  /** Ends it for this process, which is stopping; the visit itself goes on elsewhere. */
  abandon(): void {
    this.seats.clear();
  }

  /** The media of a visit that is over goes as a whole. */
  async #closeMedia(seatId: SeatId): Promise<void> {
    if (!this.isOver) await this.#deps.media.closeSeat(this.id, seatId);
  }
}
