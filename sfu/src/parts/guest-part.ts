import type { RtpCapabilities, SeatId, VisitId } from '@careconnect/contracts';
import type { PipeEnd, SeatState } from '@careconnect/contracts/internal';
import type { Logger } from '@careconnect/platform';
import type { types } from 'mediasoup';
import { media, mediaErrors } from '../media/media-errors.ts';
import { createKeyFrames, type KeyFrames } from '../media/pictures/key-frames.ts';
import { Seat } from '../media/seats/seat.ts';
import type { EndParameters } from '../media/seats/seat-ends.ts';
import { asTrack, setPaused, type Track, type TrackOffer } from '../media/seats/tracks.ts';
import type { MediaWorker } from '../media/workers/media-worker.ts';
import { RoomPart } from '../media/workers/room-part.ts';
import type { TellHome } from './part-talk.ts';
import { Pipe, type PipedTrack, type PipeOptions } from './pipe.ts';
import type { SendingAccounts } from '../media/seats/sending-accounts.ts';

export interface GuestPartOptions {
  readonly partId: string;
  readonly roomId: VisitId;
  readonly worker: MediaWorker;
  readonly pipe: PipeOptions;
  /** How long a seat without any connection is kept for someone to come back to. */
  readonly abandonAfterMs: number;
  readonly sending: SendingAccounts;
  /** To the home of the room. */
  readonly tell: TellHome;
  readonly log: Logger;
  readonly onClosed: (part: GuestPart) => void;
}

export interface Opening {
  readonly openingId: string;
  readonly seatId: SeatId;
  readonly rtpCapabilities: RtpCapabilities;
}

export type AddedTrack = PipedTrack & Pick<Track, 'seatId' | 'source'>;

/** A part of a room whose home is another node: the seats on it, and what the others in the room send. */
export class GuestPart {
  readonly #options: GuestPartOptions;
  readonly #part: RoomPart;
  readonly #pipe: Pipe;
  readonly #keyFrames: KeyFrames;
  readonly #seats = new Map<string, Seat>();
  /** What comes from the room's home, by producer; being made, perhaps. */
  readonly #added = new Map<string, Promise<Track>>();
  #isClosed = false;

  /** @param home - the pipe's other end */
  static async open(options: GuestPartOptions, home: PipeEnd): Promise<GuestPart> {
    const part = await media('the part of a room', () => RoomPart.create(options.worker));
    try {
      const pipe = await Pipe.open(part.router, options.pipe);
      await pipe.connect(home);
      return new GuestPart(options, part, pipe);
    } catch (error) {
      part.close();
      throw error;
    }
  }

  private constructor(options: GuestPartOptions, part: RoomPart, pipe: Pipe) {
    this.#options = options;
    this.#part = part;
    this.#pipe = pipe;
    this.#keyFrames = createKeyFrames(options.log);
    part.router.once('workerclose', () => this.lose());
    options.log.info({ visitId: options.roomId, worker: options.worker.index }, 'part of a room opened');
  }

  get pipeEnd(): PipeEnd {
    return this.#pipe.end;
  }

  get seats(): readonly Seat[] {
    return [...this.#seats.values()];
  }

  getSeat(openingId: string): Seat {
    const seat = this.#seats.get(openingId);
    if (!seat) throw mediaErrors.noSeat();
    return seat;
  }

  async openSeat({ openingId, seatId, rtpCapabilities }: Opening): Promise<EndParameters> {
    const { partId, roomId, abandonAfterMs, sending, tell, log } = this.#options;
    if (this.#seats.has(openingId)) throw mediaErrors.refused('the seat', new Error('it is there already'));
    const look = (): void => this.#tellState(openingId);
    const seat = await Seat.create({
      part: this.#part,
      keyFrames: this.#keyFrames,
      roomId,
      seatId,
      rtpCapabilities,
      abandonAfterMs,
      sending,
      log,
      announce: (event, payload) => tell(event, { partId, ...payload } as never),
      onAbandoned: () => tell('seat:abandoned', { partId, openingId }),
      onFlooded: () => tell('seat:flooded', { partId, openingId }),
      onClosed: () => this.#seats.delete(openingId),
      onFlowChanged: look,
      onWishChanged: look,
      onConnectionChanged: look,
    });
    if (this.#isClosed) {
      seat.close();
      throw mediaErrors.unavailable();
    }
    this.#seats.set(openingId, seat);
    look();
    return seat.ends;
  }

  /** Also sends it to the room's home, and answers with how it comes there. */
  async produce(openingId: string, offer: Omit<TrackOffer, 'isHeld'>) {
    const { producer } = await this.getSeat(openingId).produce({ ...offer, isHeld: false });
    try {
      return { producerId: producer.id, piped: await this.#pipe.send(producer.id) };
    } catch (error) {
      producer.close();
      throw error;
    }
  }

  async addTrack({ seatId, source, ...piped }: AddedTrack): Promise<void> {
    const { producerId } = piped;
    if (this.#added.has(producerId)) throw mediaErrors.refused('the track', new Error('it is there already'));
    const adding = this.#receive(piped).then((producer) => {
      const named = { seatId, source, router: this.#part.router, producer };
      return asTrack(named, { ...piped, isHeld: false }, (isPaused) => setPaused(producer, isPaused));
    });
    this.#added.set(producerId, adding);
    const forget = (): void => void this.#added.delete(producerId);
    adding.then(({ producer }) => producer.observer.once('close', forget), forget);
    await adding;
  }

  /** Something that comes from the room's home, or is sent by a seat here; null when it is no more. */
  async findTrack(producerId: string): Promise<Track | null> {
    const own = this.seats.flatMap(({ tracks }) => tracks).find(({ producer }) => producer.id === producerId);
    return own ?? (await this.#added.get(producerId)) ?? null;
  }

  async setTrackPaused(producerId: string, isPaused: boolean): Promise<void> {
    const track = await this.#added.get(producerId);
    await track?.setPaused(isPaused);
  }

  async closeTrack(producerId: string): Promise<void> {
    const track = await this.#added.get(producerId);
    track?.producer.close();
  }

  /** Closes and says so: the worker has died, or the process is about to carry nothing. */
  lose(): void {
    if (this.#isClosed) return;
    const { partId, tell } = this.#options;
    this.close();
    tell('part:lost', { partId });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const seat of this.seats) seat.close();
    this.#part.close();
    this.#options.log.info({ visitId: this.#options.roomId }, 'part of a room closed');
    this.#options.onClosed(this);
  }

  async #receive(piped: PipedTrack): Promise<types.Producer> {
    const producer = await this.#pipe.receive(piped);
    this.#keyFrames.follow(producer, this.#part);
    return producer;
  }

  #tellState(openingId: string): void {
    const seat = this.#seats.get(openingId);
    if (!seat || this.#isClosed) return;
    const { partId, tell } = this.#options;
    tell('seat:state', { partId, openingId, state: stateOf(seat) });
  }
}

function stateOf(seat: Seat): SeatState {
  const { send, recv } = seat.ends;
  return {
    isConnected: seat.isConnected,
    isTooMuch: seat.isTooMuch,
    isUsable: seat.hasTransports({ send: send.id, recv: recv.id }),
    views: seat.watching.map(({ track, ...view }) => ({ ...view, producerId: track.producer.id })),
  };
}
