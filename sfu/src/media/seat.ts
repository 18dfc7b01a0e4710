import {
  SEAT_MAX_TRACKS,
  type DtlsParameters,
  type IceParameters,
  type PreferredLayers,
  type RtpCapabilities,
  type SeatId,
  type SeatTransports,
  type ServerMeasures,
  type TransportDirection,
  type TransportIds,
  type VisitId,
} from '@careconnect/contracts';
import type { Logger } from '@careconnect/platform';
import type { types } from 'mediasoup';
import type { Announce } from '../announce.ts';
import { createView, type View } from './consumers.ts';
import type { KeyFrames } from './key-frames.ts';
import { createLifeline, type Lifeline } from './lifeline.ts';
import { media, mediaErrors } from './media-errors.ts';
import { checkRtpCapabilities, toDtlsParameters } from './rtp.ts';
import { measureSeat } from './seat-stats.ts';
import { createTrack, type Track, type TrackOffer } from './tracks.ts';
import { transportState, watchTransport } from './transport-state.ts';
import { createTransport, describeTransport } from './transports.ts';
import { consumeWarmUp } from './warm-up.ts';

export interface SeatOptions {
  readonly roomId: VisitId;
  readonly seatId: SeatId;
  readonly rtpCapabilities: RtpCapabilities;
  readonly router: types.Router;
  readonly webRtcServer: types.WebRtcServer;
  readonly warmUp: types.DataProducer;
  readonly keyFrames: KeyFrames;
  readonly announce: Announce;
  readonly log: Logger;
  /** How long a seat without any connection is kept for someone to come back to. */
  readonly abandonAfterMs: number;
  readonly onAbandoned: (seat: Seat) => void;
}

/**
 * `outside`: shown nothing. `invited`: has its consumers ahead of time, and none of them flows. `inside`: sees
 * and is seen.
 */
type Presence = 'outside' | 'invited' | 'inside';

/** One end of a seat, and which one the page believes it to be. */
export interface EndName {
  readonly direction: TransportDirection;
  readonly transportId?: string | undefined;
}

interface Ends {
  readonly send: types.WebRtcTransport;
  readonly recv: types.WebRtcTransport;
}

/** One seat's media: its two transports, what it sends and what it is shown. */
export class Seat {
  readonly id: SeatId;
  /** What a browser needs to make its ends. */
  readonly transports: SeatTransports;
  readonly #options: SeatOptions;
  readonly #rtpCapabilities: types.RtpCapabilities;
  readonly #ends: Ends;
  readonly #tracks = new Map<string, Track>();
  /** By producer: a track is shown to a seat once, however often it is asked for. */
  readonly #views = new Map<string, Promise<View | null>>();
  readonly #consumers = new Map<string, types.Consumer>();
  readonly #lifeline: Lifeline;
  #presence: Presence = 'outside';
  #isClosed = false;

  static async create(options: SeatOptions): Promise<Seat> {
    const { router, webRtcServer, warmUp } = options;
    const rtpCapabilities = await checkRtpCapabilities(options.rtpCapabilities);
    const [send, { recv, channel }] = await media('the connection', () =>
      Promise.all([
        createTransport(router, webRtcServer, 'send'),
        createTransport(router, webRtcServer, 'recv').then(async (transport) => ({
          recv: transport,
          channel: await consumeWarmUp(transport, warmUp),
        })),
      ]),
    );
    const transports = { send: describeTransport(send), recv: describeTransport(recv), warmUp: channel };
    return new Seat(options, rtpCapabilities, { send, recv }, transports);
  }

  private constructor(
    options: SeatOptions,
    rtpCapabilities: types.RtpCapabilities,
    ends: Ends,
    transports: SeatTransports,
  ) {
    this.id = options.seatId;
    this.transports = transports;
    this.#options = options;
    this.#rtpCapabilities = rtpCapabilities;
    this.#ends = ends;
    this.#lifeline = createLifeline(options.abandonAfterMs, () => options.onAbandoned(this));
    for (const direction of ['send', 'recv'] as const) {
      watchTransport(ends[direction], (state) =>
        this.#lifeline.setConnected(direction, state === 'connected'),
      );
    }
  }

  get isInside(): boolean {
    return this.#presence === 'inside';
  }

  /** Whether consumers are made for it. */
  get isViewer(): boolean {
    return this.#presence !== 'outside';
  }

  /** Outside again, whatever was made for it ends. */
  setInvited(isInvited: boolean): void {
    if (this.#presence === 'inside') return;
    this.#presence = isInvited ? 'invited' : 'outside';
    if (!isInvited) this.#consumers.forEach((consumer) => consumer.close());
  }

  enter(): void {
    this.#presence = 'inside';
  }

  get tracks(): readonly Track[] {
    return [...this.#tracks.values()];
  }

  get consumerCount(): number {
    return this.#consumers.size;
  }

  /** Whether these are its transports, and a browser may still be at their other ends. */
  hasTransports({ send, recv }: TransportIds): boolean {
    const ends = this.#ends;
    return ends.send.id === send && ends.recv.id === recv && isAlive(ends.send) && isAlive(ends.recv);
  }

  async connect(name: EndName, dtlsParameters: DtlsParameters): Promise<void> {
    const end = this.#getEnd(name);
    await media('the connection', () => end.connect({ dtlsParameters: toDtlsParameters(dtlsParameters) }));
  }

  async restartIce(name: EndName): Promise<IceParameters> {
    const end = this.#getEnd(name);
    return media('a new connection attempt', () => end.restartIce());
  }

  async produce(offer: TrackOffer): Promise<Track> {
    if (this.#tracks.size >= SEAT_MAX_TRACKS) throw mediaErrors.tooManyProducers(SEAT_MAX_TRACKS);
    const { transportId } = offer;
    const track = await createTrack(this.#getEnd({ direction: 'send', transportId }), this.id, offer);
    const { producer } = track;
    if (this.#isClosed) {
      producer.close();
      throw mediaErrors.noSeat();
    }
    this.#tracks.set(producer.id, track);
    producer.observer.once('close', () => this.#tracks.delete(producer.id));
    this.#options.keyFrames.follow(producer);
    return track;
  }

  async setProducerPaused(producerId: string, isPaused: boolean): Promise<void> {
    await this.#getTrack(producerId).setPaused(isPaused);
  }

  closeProducer(producerId: string): void {
    this.#getTrack(producerId).producer.close();
  }

  /** Shows a track to this seat; the same view when it is shown already. Null when it cannot be. */
  watch(track: Track): Promise<View | null> {
    const known = this.#views.get(track.producer.id);
    if (known) return known;
    const view = media('the picture', () => this.#createView(track));
    this.#views.set(track.producer.id, view);
    return view;
  }

  /** Those that have ended meanwhile are left out; refused only when none is known. */
  async setConsumersPaused(consumerIds: readonly string[], isPaused: boolean): Promise<void> {
    const consumers = this.#find(consumerIds);
    if (consumers.length === 0) throw mediaErrors.noSuch('consumer');
    await this.#apply(consumers, isPaused);
  }

  /** Lets those flow that there are. */
  async resume(consumerIds: readonly string[]): Promise<void> {
    await this.#apply(this.#find(consumerIds), false);
  }

  async setPreferredLayers(consumerId: string, layers: PreferredLayers): Promise<void> {
    const consumer = this.#consumers.get(consumerId);
    if (!consumer) throw mediaErrors.noSuch('consumer');
    const { spatialLayer, temporalLayer } = layers;
    await media('the layers', () =>
      consumer.setPreferredLayers({
        spatialLayer,
        ...(temporalLayer === undefined ? {} : { temporalLayer }),
      }),
    );
  }

  /** What this end measures of both directions right now. */
  async measure(): Promise<ServerMeasures> {
    return media('the question for statistics', () =>
      measureSeat({
        ...this.#ends,
        producers: this.tracks.map(({ producer }) => producer),
        consumers: [...this.#consumers.values()],
      }),
    );
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#lifeline.cut();
    this.#ends.send.close();
    this.#ends.recv.close();
  }

  async #createView(track: Track): Promise<View | null> {
    const { log } = this.#options;
    const view = await createView(
      { transport: this.#ends.recv, rtpCapabilities: this.#rtpCapabilities, log },
      track,
    );
    if (view && this.isViewer) {
      this.#follow(view.consumer);
      return view;
    }
    // Its invitation may have been withdrawn meanwhile.
    view?.consumer.close();
    this.#views.delete(track.producer.id);
    return null;
  }

  #follow(consumer: types.Consumer): void {
    const { roomId, seatId, announce, keyFrames } = this.#options;
    const consumerId = consumer.id;
    this.#consumers.set(consumerId, consumer);
    consumer.observer.once('close', () => {
      this.#consumers.delete(consumerId);
      this.#views.delete(consumer.producerId);
    });
    consumer.on('producerclose', () => announce('consumer:closed', { roomId, seatId, consumerId }));
    consumer.on('producerpause', () =>
      announce('consumer:paused', { roomId, seatId, consumerId, isProducerPaused: true }),
    );
    consumer.on('producerresume', () => {
      announce('consumer:paused', { roomId, seatId, consumerId, isProducerPaused: false });
      keyFrames.expectPicture(consumer);
    });
  }

  #find(consumerIds: readonly string[]): types.Consumer[] {
    return consumerIds.flatMap((id) => this.#consumers.get(id) ?? []);
  }

  async #apply(consumers: readonly types.Consumer[], isPaused: boolean): Promise<void> {
    if (!isPaused && !this.isInside) throw mediaErrors.notInside();
    if (!isPaused) consumers.forEach((consumer) => this.#options.keyFrames.expectPicture(consumer));
    await media('the change', () =>
      Promise.all(consumers.map((consumer) => setConsumerPaused(consumer, isPaused))),
    );
  }

  /** What was meant for transports that have been replaced must not reach those that are there now. */
  #getEnd({ direction, transportId }: EndName): types.WebRtcTransport {
    const end = this.#ends[direction];
    if (transportId !== undefined && transportId !== end.id) throw mediaErrors.noSeat();
    return end;
  }

  #getTrack(producerId: string): Track {
    const track = this.#tracks.get(producerId);
    if (!track) throw mediaErrors.noSuch('producer');
    return track;
  }
}

function isAlive({ closed, iceState, dtlsState }: types.WebRtcTransport): boolean {
  return !closed && transportState(iceState, dtlsState) !== 'failed';
}

async function setConsumerPaused(consumer: types.Consumer, isPaused: boolean): Promise<void> {
  try {
    await (isPaused ? consumer.pause() : consumer.resume());
  } catch (error) {
    // It ended while it was being asked; whoever watches has been told so.
    if (!consumer.closed) throw error;
  }
}
