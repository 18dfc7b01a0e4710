import type { RtpCapabilities, SeatId, SeatTransports, TransportIds, VisitId } from '@careconnect/contracts';
import type { EnteredSeat, SeatConsumer } from '@careconnect/contracts/internal';
import type { Logger } from '@careconnect/platform';
import type { Announce } from '../../announce.ts';
import { mediaErrors } from '../media-errors.ts';
import { RoomNews } from '../news/room-news.ts';
import { createKeyFrames } from '../pictures/key-frames.ts';
import type { RoomSeat } from '../seats/room-seat.ts';
import type { TrackOffer } from '../seats/tracks.ts';
import type { MediaWorker } from '../workers/media-worker.ts';
import type { FindPlace } from './part.ts';
import { RoomParts } from './room-parts.ts';
import { ScreenTurn } from './screen-turn.ts';
import { pairsShowing, pairsShownTo, showAll } from './showing.ts';
import type { SendingAccounts } from '../seats/sending-accounts.ts';

export interface RoomOptions {
  readonly roomId: VisitId;
  /** Where it begins. */
  readonly worker: MediaWorker;
  /** Where a room goes on that has outgrown the places it has. */
  readonly findPlace: FindPlace;
  readonly announce: Announce;
  readonly log: Logger;
  /** How long an empty room waits for someone who reloads their page. */
  readonly lingerMs: number;
  /** How long a seat without any connection is kept for someone to come back to. */
  readonly abandonAfterMs: number;
  readonly sending: SendingAccounts;
  readonly onClosed: (room: Room) => void;
}

/** One visit's media: a router, or several in as many places, and the seats on them. */
export class Room {
  readonly id: VisitId;
  readonly #options: RoomOptions;
  readonly #parts: RoomParts;
  readonly #seats = new Map<SeatId, RoomSeat>();
  readonly #news: RoomNews;
  readonly #screen = new ScreenTurn(() => this.seats);
  #isHeld = false;
  #opening = 0;
  #linger: NodeJS.Timeout | undefined;
  #isClosed = false;

  static async create(options: RoomOptions): Promise<Room> {
    const { worker, findPlace, log } = options;
    const keyFrames = createKeyFrames(log);
    return new Room(options, await RoomParts.create(worker, { ...options, keyFrames }, findPlace));
  }

  private constructor(options: RoomOptions, parts: RoomParts) {
    this.id = options.roomId;
    this.#options = options;
    this.#parts = parts;
    parts.onLost = () => this.lose();
    this.#news = new RoomNews({ ...options, first: parts.first, seats: () => this.seats });
    options.log.info({ visitId: this.id, worker: options.worker.index }, 'room opened');
  }

  /** Seats that a browser is connected to. */
  get connectedCount(): number {
    return this.seats.filter(({ isConnected }) => isConnected).length;
  }

  get seats(): readonly RoomSeat[] {
    return [...this.#seats.values()];
  }

  /**
   * A seat that is open already is replaced: its browser has lost its ends and asks for new ones. One whose
   * browser still has its ends, and has only lost touch with signaling, is kept.
   */
  async openSeat(
    seatId: SeatId,
    rtpCapabilities: RtpCapabilities,
    keep: TransportIds | null,
  ): Promise<RoomSeat> {
    const known = this.#seats.get(seatId);
    if (keep && known?.hasTransports(keep)) return known;
    clearTimeout(this.#linger);
    this.#opening += 1;
    try {
      const seat = await this.#createSeat(seatId, rtpCapabilities);
      this.#seats.get(seatId)?.close();
      this.#seats.set(seatId, seat);
      this.#options.log.info({ visitId: this.id, seatId }, 'seat opened');
      this.#news.seatsChanged();
      return seat;
    } finally {
      this.#opening -= 1;
      this.#closeWhenEmpty();
    }
  }

  /** What the page of a seat needs to begin. */
  describe({ id, ends }: RoomSeat): SeatTransports {
    return { ...ends, videoCodecs: this.#news.beginCodecs(id) };
  }

  getSeat(seatId: SeatId): RoomSeat {
    const seat = this.#seats.get(seatId);
    if (!seat) throw mediaErrors.noSeat();
    return seat;
  }

  /**
   * A viewer has a consumer of a track from the moment when the track exists, its owner is inside, and the
   * viewer is inside or invited. Each of these is a synchronous step that pairs all that it completes, so
   * whatever runs at the same time, no pair is missed; and a seat gives the same view of a track to
   * whoever asks.
   */
  async setInvited(seatId: SeatId, isInvited: boolean): Promise<SeatConsumer[]> {
    const seat = this.getSeat(seatId);
    seat.setInvited(isInvited);
    return seat.isViewer ? showAll(pairsShownTo(seat, this.seats)) : [];
  }

  /** Lets those consumers flow at once that the seat has been invited to and calls ready. */
  async enter(seatId: SeatId, ready: readonly string[]): Promise<EnteredSeat> {
    const seat = this.getSeat(seatId);
    seat.enter();
    const [consumers] = await Promise.all([
      showAll([
        ...pairsShownTo(seat, this.seats),
        ...seat.tracks.flatMap((track) => pairsShowing(track, this.seats)),
      ]),
      seat.resume(ready),
    ]);
    this.#news.entered(seatId);
    return { consumers, inside: this.#inside.map(({ id }) => id) };
  }

  /** Stops everything that flows, or lets go on what its owners have not paused. */
  async setHeld(isHeld: boolean): Promise<void> {
    this.#isHeld = isHeld;
    const tracks = this.seats.flatMap((seat) => seat.tracks);
    await Promise.all(tracks.map((track) => track.setHeld(isHeld)));
  }

  async produce(
    seatId: SeatId,
    offer: Omit<TrackOffer, 'isHeld'>,
  ): Promise<{ producerId: string; consumers: SeatConsumer[] }> {
    const seat = this.getSeat(seatId);
    const produce = () => seat.produce({ ...offer, isHeld: this.#isHeld });
    const track = await (offer.source === 'screen' ? this.#screen.take(seatId, produce) : produce());
    // A hold may have begun or ended while the track was made.
    await track.setHeld(this.#isHeld);
    this.#news.trackAdded();
    const consumers = seat.isInside ? await showAll(pairsShowing(track, this.seats)) : [];
    return { producerId: track.producer.id, consumers };
  }

  closeSeat(seatId: SeatId): void {
    const seat = this.#seats.get(seatId);
    if (!seat) return;
    seat.close();
    this.#seats.delete(seatId);
    this.#news.seatsChanged();
    this.#options.log.info({ visitId: this.id, seatId }, 'seat closed');
    this.#closeWhenEmpty();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#end();
    this.#options.announce('room:closed', { roomId: this.id });
  }

  /** Closes and says so: the worker has died, or the process is about to stop. */
  lose(): void {
    if (this.#isClosed) return;
    this.#options.log.warn({ visitId: this.id }, 'room lost');
    this.#end();
    this.#options.announce('room:lost', { roomId: this.id });
  }

  #end(): void {
    this.#isClosed = true;
    clearTimeout(this.#linger);
    this.#news.close();
    for (const seat of this.#seats.values()) seat.close();
    this.#seats.clear();
    this.#parts.close();
    this.#options.log.info({ visitId: this.id }, 'room closed');
    this.#options.onClosed(this);
  }

  get #inside(): readonly RoomSeat[] {
    return this.seats.filter(({ isInside }) => isInside);
  }

  async #createSeat(seatId: SeatId, rtpCapabilities: RtpCapabilities): Promise<RoomSeat> {
    const { roomId, announce, log, abandonAfterMs, sending } = this.#options;
    const seat = await this.#parts.openSeat(
      {
        roomId,
        seatId,
        rtpCapabilities,
        announce,
        log,
        abandonAfterMs,
        sending,
        onAbandoned: () => this.#abandonSeat(seatId),
        onFlooded: () => this.#expelSeat(seatId),
        onFlowChanged: () => this.#news.flowChanged(),
        onWishChanged: () => this.#news.wishChanged(),
      },
      this.#seats.get(seatId),
    );
    if (!this.#isClosed) return seat;
    seat.close();
    throw mediaErrors.unavailable();
  }

  #abandonSeat(seatId: SeatId): void {
    this.#options.log.warn({ visitId: this.id, seatId }, 'seat abandoned');
    this.closeSeat(seatId);
  }

  /** Signaling does not let it in again for a while; what it sends ends here and now, whether signaling hears it or not. */
  #expelSeat(seatId: SeatId): void {
    this.#options.log.warn({ visitId: this.id, seatId }, 'seat expelled: it floods the room');
    this.#options.announce('seat:flooded', { roomId: this.id, seatId });
    this.closeSeat(seatId);
  }

  #closeWhenEmpty(): void {
    if (this.#isClosed || this.#seats.size > 0 || this.#opening > 0) return;
    clearTimeout(this.#linger);
    this.#linger = setTimeout(() => this.close(), this.#options.lingerMs);
  }
}
