import type {
  DtlsParameters,
  IceParameters,
  PreferredLayers,
  RtpCapabilities,
  SeatId,
  ServerMeasures,
  TransportIds,
} from '@careconnect/contracts';
import type { SeatState } from '@careconnect/contracts/internal';
import { randomUUID } from 'node:crypto';
import { mediaErrors } from '../media/media-errors.ts';
import type { KeyFrames } from '../media/pictures/key-frames.ts';
import type { Describe, PlacedSeatOptions, RoomSeat, Watching } from '../media/seats/room-seat.ts';
import type { EndName, EndParameters } from '../media/seats/seat-ends.ts';
import { asTrack, setPaused, type Track, type TrackOffer } from '../media/seats/tracks.ts';
import type { RoomPart } from '../media/workers/room-part.ts';
import type { AskPart } from './part-talk.ts';
import type { Pipe } from './pipe.ts';

export interface RemoteSeatOptions extends PlacedSeatOptions {
  readonly partId: string;
  /** Where what it sends comes to. */
  readonly first: RoomPart;
  readonly keyFrames: KeyFrames;
  readonly pipe: Pipe;
  /** Has a track of the room come to where the seat is. */
  readonly bring: (track: Track) => Promise<void>;
  readonly ask: AskPart;
}

const UNHEARD_OF: SeatState = { isConnected: false, isUsable: true, isTooMuch: false, views: [] };

/**
 * One seat on another node: what is decided of it is decided here, and done there. Of how it fares all is told at every
 * change; what it sends is here as well, under the same producer id.
 */
export class RemoteSeat implements RoomSeat {
  readonly id: SeatId;
  readonly openingId = randomUUID();
  readonly isHere = false;
  readonly #options: RemoteSeatOptions;
  readonly #tracks = new Map<string, Track>();
  /** What it has been asked to show, by producer. */
  readonly #watched = new Map<string, Track>();
  #ends: EndParameters | null = null;
  #state = UNHEARD_OF;
  #isInvited = false;
  #isInside = false;
  #isClosed = false;

  constructor(options: RemoteSeatOptions) {
    this.id = options.seatId;
    this.#options = options;
  }

  async open(): Promise<void> {
    const { ask, seatId, rtpCapabilities } = this.#options;
    this.#ends = (await ask('seat:open', { ...this.#name, seatId, rtpCapabilities })).ends;
  }

  get ends(): EndParameters {
    if (!this.#ends) throw mediaErrors.noSeat();
    return this.#ends;
  }

  get rtpCapabilities(): RtpCapabilities {
    return this.#options.rtpCapabilities;
  }

  get isConnected(): boolean {
    return this.#state.isConnected;
  }

  get isInside(): boolean {
    return this.#isInside;
  }

  get isViewer(): boolean {
    return this.#isInside || this.#isInvited;
  }

  get tracks(): readonly Track[] {
    return [...this.#tracks.values()];
  }

  get watching(): Watching[] {
    return this.#state.views.flatMap(({ producerId, ...view }) => {
      const track = this.#watched.get(producerId);
      return track ? [{ ...view, track }] : [];
    });
  }

  /** Whether this is a producer of its own. */
  sends(producerId: string): boolean {
    return this.#tracks.has(producerId);
  }

  hasTransports(ids: TransportIds): boolean {
    const { send, recv } = this.ends;
    return send.id === ids.send && recv.id === ids.recv && this.#state.isUsable;
  }

  /** As things are where it is. */
  told(state: SeatState): void {
    const { isTooMuch } = this.#state;
    this.#state = state;
    if (state.isTooMuch !== isTooMuch) void this.#setTooMuch(this.tracks);
    this.#options.onFlowChanged();
    this.#options.onWishChanged();
  }

  abandoned(): void {
    this.#options.onAbandoned();
  }

  flooded(): void {
    this.#options.onFlooded();
  }

  async connect(name: EndName, dtlsParameters: DtlsParameters): Promise<void> {
    await this.#options.ask('transport:connect', { ...this.#name, ...name, dtlsParameters });
  }

  async restartIce(name: EndName): Promise<IceParameters> {
    return (await this.#options.ask('transport:restart-ice', { ...this.#name, ...name })).iceParameters;
  }

  setInvited(isInvited: boolean): void {
    if (this.#isInside) return;
    this.#isInvited = isInvited;
    this.#tell('seat:set-invited', { ...this.#name, isInvited });
  }

  enter(): void {
    this.#isInside = true;
    this.#tell('seat:enter', this.#name);
  }

  async produce(offer: TrackOffer): Promise<Track> {
    const { isHeld, ...asked } = offer;
    const { source, kind } = offer;
    const { ask, pipe, first, keyFrames } = this.#options;
    const paused = offer.paused || isHeld;
    const { producerId, piped } = await ask('producer:create', { ...this.#name, ...asked, paused });
    const name = { ...this.#name, producerId };
    const producer = await pipe.receive({ producerId, kind, rtpParameters: piped, paused }).catch((error) => {
      this.#tell('producer:close', name);
      throw error;
    });
    if (this.#isClosed) {
      producer.close();
      throw mediaErrors.noSeat();
    }
    const track = asTrack(
      { seatId: this.id, source, router: first.router, producer },
      offer,
      async (isPaused) => {
        await Promise.all([
          ask('producer:set-paused', { ...name, paused: isPaused }),
          setPaused(producer, isPaused),
        ]);
      },
    );
    this.#tracks.set(producerId, track);
    producer.observer.once('close', () => this.#tracks.delete(producerId));
    keyFrames.follow(producer, first);
    if (this.#state.isTooMuch) await this.#setTooMuch([track]);
    return track;
  }

  async setProducerPaused(producerId: string, isPaused: boolean): Promise<void> {
    await this.#getTrack(producerId).setPaused(isPaused);
  }

  closeProducer(producerId: string): void {
    this.#getTrack(producerId).producer.close();
    this.#tell('producer:close', { ...this.#name, producerId });
  }

  async watch(track: Track): Promise<Describe | null> {
    const { bring, ask, log } = this.#options;
    const { producer } = track;
    try {
      await bring(track);
    } catch (error) {
      if (this.#isClosed) throw mediaErrors.unavailable(error);
      // Others must not suffer for that.
      if (!producer.closed)
        log.warn({ err: error, producerId: producer.id }, 'track cannot be shown elsewhere');
      return null;
    }
    this.#know(track);
    const { consumer } = await ask('seat:watch', { ...this.#name, producerId: producer.id });
    if (!consumer) return null;
    return () => {
      const view = this.#state.views.find(({ consumerId }) => consumerId === consumer.id);
      // Here it is known at once whether it is paused, there a moment later.
      return view ? { ...consumer, bottleneck: view.bottleneck, isProducerPaused: track.isPaused } : null;
    };
  }

  async setConsumersPaused(consumerIds: readonly string[], isPaused: boolean): Promise<void> {
    if (!isPaused && !this.isInside) throw mediaErrors.notInside();
    const asked = { ...this.#name, consumerIds: [...consumerIds], paused: isPaused };
    await this.#options.ask('consumer:set-paused', asked);
  }

  async resume(consumerIds: readonly string[]): Promise<void> {
    if (consumerIds.length === 0) return;
    await this.#options.ask('consumer:resume', { ...this.#name, consumerIds: [...consumerIds] });
  }

  async setPreferredLayers(consumerId: string, layers: PreferredLayers): Promise<void> {
    await this.#options.ask('consumer:set-layers', { ...this.#name, consumerId, layers });
  }

  async measure(): Promise<ServerMeasures> {
    return this.#options.ask('seat:stats', this.#name);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const { producer } of this.tracks) producer.close();
    this.#tell('seat:close', this.#name);
    this.#options.onClosed();
  }

  get #name() {
    return { partId: this.#options.partId, openingId: this.openingId };
  }

  #know(track: Track): void {
    const { producer } = track;
    if (this.#watched.has(producer.id) || producer.closed) return;
    this.#watched.set(producer.id, track);
    producer.observer.once('close', () => this.#watched.delete(producer.id));
  }

  /** There nothing of them flows any more by now, or all flows again; here the others are told. */
  async #setTooMuch(tracks: readonly Track[]): Promise<void> {
    const { isTooMuch } = this.#state;
    try {
      await Promise.all(tracks.map((track) => track.setTooMuch(isTooMuch)));
    } catch (error) {
      if (!this.#isClosed)
        this.#options.log.error({ err: error, seatId: this.id }, 'too much cannot be shown');
    }
  }

  #getTrack(producerId: string): Track {
    const track = this.#tracks.get(producerId);
    if (!track) throw mediaErrors.noSuch('producer');
    return track;
  }

  /** What does not arrive costs the whole part. */
  #tell(...asked: Parameters<AskPart>): void {
    this.#options.ask(...asked).catch(() => undefined);
  }
}
