import {
  SEAT_MAX_TRACKS,
  seatSendingCap,
  type DtlsParameters,
  type IceParameters,
  type PreferredLayers,
  type RtpCapabilities,
  type SeatId,
  type ServerMeasures,
  type TransportIds,
} from '@careconnect/contracts';
import type { types } from 'mediasoup';
import { media, mediaErrors } from '../media-errors.ts';
import type { KeyFrames } from '../pictures/key-frames.ts';
import { checkRtpCapabilities } from '../rtp.ts';
import type { RoomPart } from '../workers/room-part.ts';
import { describeView } from './views.ts';
import { createLifeline, type Lifeline } from './lifeline.ts';
import type { Describe, PlacedSeatOptions, RoomSeat, Watching } from './room-seat.ts';
import { SeatEnds, type EndName, type EndParameters } from './seat-ends.ts';
import type { SendingState } from './overdraft.ts';
import { measureSeat } from './seat-stats.ts';
import { SeatViews } from './seat-views.ts';
import { watchSending, type SendingWatch } from './sending-watch.ts';
import { createTrack, isOfPerson, type Track, type TrackOffer } from './tracks.ts';

export interface LocalSeatOptions extends PlacedSeatOptions {
  /** Where in the room it is. */
  readonly part: RoomPart;
  readonly keyFrames: KeyFrames;
}

/**
 * `outside`: shown nothing. `invited`: has its consumers ahead of time, and none of them flows. `inside`: sees
 * and is seen.
 */
type Presence = 'outside' | 'invited' | 'inside';

/** One seat's media on this node: its two transports, what it sends and what it is shown. */
export class Seat implements RoomSeat {
  readonly id: SeatId;
  readonly isHere = true;
  readonly #options: LocalSeatOptions;
  readonly #ends: SeatEnds;
  readonly #views: SeatViews;
  readonly #tracks = new Map<string, Track>();
  readonly #lifeline: Lifeline;
  readonly #account: { leave(): void };
  readonly #sendingWatch: SendingWatch;
  #presence: Presence = 'outside';
  #sending: SendingState = 'within';
  #isClosed = false;

  static async create(options: LocalSeatOptions): Promise<Seat> {
    const rtpCapabilities = await checkRtpCapabilities(options.rtpCapabilities);
    return new Seat(options, rtpCapabilities, await SeatEnds.create(options.part));
  }

  private constructor(options: LocalSeatOptions, rtpCapabilities: types.RtpCapabilities, ends: SeatEnds) {
    this.id = options.seatId;
    this.#options = options;
    this.#ends = ends;
    this.#views = new SeatViews({
      ...options,
      rtpCapabilities,
      transport: ends.recv,
      isViewer: () => this.isViewer,
    });
    this.#lifeline = createLifeline(options.abandonAfterMs, () => options.onAbandoned());
    ends.watch((direction, isConnected) => {
      this.#lifeline.setConnected(direction, isConnected);
      options.onConnectionChanged?.();
    });
    const account = options.sending.use(this.id);
    this.#account = account;
    this.#sendingWatch = watchSending({
      end: ends.send,
      beat: options.part.worker.beat,
      overdraft: account.overdraft,
      cap: () => this.#sendingCap,
      onChanged: (state, bitrate) => this.#sendingChanged(state, bitrate),
      onFailed: (err) =>
        options.log.error({ err, visitId: options.roomId, seatId: this.id }, 'sending not watched'),
    });
  }

  get ends(): EndParameters {
    return this.#ends.parameters;
  }

  get rtpCapabilities(): RtpCapabilities {
    return this.#options.rtpCapabilities;
  }

  get isConnected(): boolean {
    return this.#lifeline.isConnected;
  }

  get isInside(): boolean {
    return this.#presence === 'inside';
  }

  get isViewer(): boolean {
    return this.#presence !== 'outside';
  }

  setInvited(isInvited: boolean): void {
    if (this.#presence === 'inside') return;
    this.#presence = isInvited ? 'invited' : 'outside';
    if (!isInvited) this.#views.close();
  }

  enter(): void {
    this.#presence = 'inside';
  }

  /** Whether it sends far too much, so that nobody is shown any of it. */
  get isTooMuch(): boolean {
    return this.#sending !== 'within';
  }

  get tracks(): readonly Track[] {
    return [...this.#tracks.values()];
  }

  get watching(): Watching[] {
    return this.#views.all.map(({ track, consumer, way, wish }) => ({
      track,
      consumerId: consumer.id,
      isPaused: consumer.paused,
      bottleneck: way.bottleneck,
      spatialLayer: wish.spatialLayer,
    }));
  }

  hasTransports(ids: TransportIds): boolean {
    return this.#ends.hasTransports(ids);
  }

  async connect(name: EndName, dtlsParameters: DtlsParameters): Promise<void> {
    await this.#ends.connect(name, dtlsParameters);
  }

  async restartIce(name: EndName): Promise<IceParameters> {
    return this.#ends.restartIce(name);
  }

  async produce(offer: TrackOffer): Promise<Track> {
    if (this.#tracks.size >= SEAT_MAX_TRACKS) throw mediaErrors.tooManyProducers(SEAT_MAX_TRACKS);
    const { transportId } = offer;
    const { part, keyFrames } = this.#options;
    const transport = this.#ends.get({ direction: 'send', transportId });
    const track = await createTrack(
      { transport, router: part.router, beat: part.worker.beat },
      this.id,
      offer,
    );
    const { producer } = track;
    if (this.#isClosed) {
      producer.close();
      throw mediaErrors.noSeat();
    }
    this.#tracks.set(producer.id, track);
    producer.observer.once('close', () => this.#tracks.delete(producer.id));
    keyFrames.follow(producer, part);
    // It is among the tracks by now: what changes meanwhile reaches it as well, and later.
    if (this.isTooMuch) await track.setTooMuch(true);
    return track;
  }

  async setProducerPaused(producerId: string, isPaused: boolean): Promise<void> {
    await this.#getTrack(producerId).setPaused(isPaused);
  }

  closeProducer(producerId: string): void {
    this.#getTrack(producerId).producer.close();
  }

  async watch(track: Track): Promise<Describe | null> {
    const view = await this.#views.watch(track);
    return view && (() => (view.consumer.closed ? null : describeView(view)));
  }

  async setConsumersPaused(consumerIds: readonly string[], isPaused: boolean): Promise<void> {
    if (!isPaused && !this.isInside) throw mediaErrors.notInside();
    if (!(await this.#views.setPaused(consumerIds, isPaused))) throw mediaErrors.noSuch('consumer');
  }

  async resume(consumerIds: readonly string[]): Promise<void> {
    await this.#views.setPaused(consumerIds, false);
  }

  async setPreferredLayers(consumerId: string, layers: PreferredLayers): Promise<void> {
    await this.#views.setPreferredLayers(consumerId, layers);
  }

  /** What this end measures of both directions right now. */
  async measure(): Promise<ServerMeasures> {
    const { send, recv } = this.#ends;
    return media('the question for statistics', () =>
      measureSeat({
        send,
        recv,
        // How well faces and voices come through is asked for, and a screen is no face.
        tracks: this.tracks.filter(isOfPerson),
        views: this.#views.all.filter(({ track }) => isOfPerson(track)),
      }),
    );
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#lifeline.cut();
    this.#sendingWatch.stop();
    this.#ends.close();
    this.#account.leave();
    this.#options.onClosed();
  }

  get #sendingCap(): number {
    const showsScreen = this.tracks.some(({ source }) => source === 'screen');
    return seatSendingCap({ showsScreen }) * this.#options.sending.factor;
  }

  async #sendingChanged(state: SendingState, bitrate: number): Promise<void> {
    const { roomId, log, onFlooded, onFlowChanged } = this.#options;
    this.#sending = state;
    log.warn({ visitId: roomId, seatId: this.id, state, bitrate }, 'what a seat sends has changed');
    if (state === 'flooded') return onFlooded();
    await Promise.all(this.tracks.map((track) => track.setTooMuch(this.isTooMuch)));
    onFlowChanged();
  }

  #getTrack(producerId: string): Track {
    const track = this.#tracks.get(producerId);
    if (!track) throw mediaErrors.noSuch('producer');
    return track;
  }
}
