import type {
  IceServer,
  MediaSource,
  PeerConsumer,
  SeatTransports,
  TransportIds,
  VideoCodecs,
} from '@careconnect/contracts';
import type { Outgoing } from '../devices/outgoing.ts';
import type { EncodableCodecs } from '../encoding/video-codecs.ts';
import { Receiver, type Incoming } from '../receiving/receiver.ts';
import { Publisher } from '../sending/publisher.ts';
import { TransportPair, type TransportPairOptions } from './transport-pair.ts';

export interface ClientMediaPathOptions extends TransportPairOptions {
  readonly encodable: EncodableCodecs;
  readonly savesData: boolean;
}

/**
 * A media path: what one seat sends and receives over one pair of transports. It begins in the lobby, so that ICE and
 * DTLS are done before the person joins, and ends with the transports; a new pair is a new path.
 */
export class ClientMediaPath {
  readonly #ends: TransportPair;
  readonly #publisher: Publisher;
  readonly #receiver: Receiver;

  private constructor({ encodable, savesData, ...options }: ClientMediaPathOptions) {
    const { socket, transports } = options;
    const { videoCodecs } = transports;
    this.#ends = new TransportPair(options);
    this.#publisher = new Publisher({
      transport: this.#ends.send,
      socket,
      savesData,
      encodable,
      videoCodecs,
    });
    this.#receiver = new Receiver({ transport: this.#ends.recv, socket });
  }

  /** Makes both transports and starts to warm them up. */
  static open(options: ClientMediaPathOptions): ClientMediaPath {
    const path = new ClientMediaPath(options);
    void path.#ends.warmUp(options.transports.warmUp);
    return path;
  }

  get isClosed(): boolean {
    return this.#ends.isClosed;
  }

  /**
   * The transports, if they can outlive the connection over which they were made, and the server knows of everything
   * that is sent.
   */
  get lasting(): TransportIds | null {
    return this.#ends.isLasting && !this.#publisher.isInDoubt ? this.#ends.ids : null;
  }

  /** Whether this path runs over these transports. */
  uses({ send, recv }: SeatTransports): boolean {
    const { ids } = this.#ends;
    return !this.isClosed && send.id === ids.send && recv.id === ids.recv;
  }

  /** Relays for the next look for a way through the network. */
  async updateIceServers(iceServers: readonly IceServer[]): Promise<void> {
    await this.#ends.updateIceServers(iceServers);
  }

  /** Looks for a new way through the network. What flows goes on meanwhile. */
  async restartIce(): Promise<void> {
    await this.#ends.restartIce();
  }

  /** Makes what is sent of a source match what is wanted. */
  async publish(source: MediaSource, outgoing: Outgoing): Promise<void> {
    if (this.isClosed) return;
    await this.#publisher.set(source, outgoing);
  }

  /** Nothing more of a source is sent over this path, whatever becomes of it over another. */
  async silence(source: MediaSource): Promise<void> {
    if (!this.isClosed) await this.#publisher.silence(source);
  }

  /** The person wants to send as little as is of use, or no longer. */
  saveData(savesData: boolean): void {
    if (!this.isClosed) this.#publisher.saveData(savesData);
  }

  /** The others can be shown own pictures in these codecs from now on. */
  async encodeFor(videoCodecs: VideoCodecs): Promise<void> {
    if (!this.isClosed) await this.#publisher.encodeFor(videoCodecs);
  }

  /** This device does not encode VP9 well after all. */
  async goWithoutVp9(): Promise<void> {
    if (!this.isClosed) await this.#publisher.goWithoutVp9();
  }

  /** Nobody watches more of an own picture than this. */
  limit(producerId: string, maxSpatialLayer: number): void {
    if (!this.isClosed) this.#publisher.limit(producerId, maxSpatialLayer);
  }

  /** Consumers that this person's browser has prepared for, and that do not flow. */
  get ready(): readonly string[] {
    return this.isClosed ? [] : this.#receiver.ready;
  }

  /** The server lets these flow, as it was asked to. */
  markFlowing(consumerIds: readonly string[]): void {
    this.#receiver.markFlowing(consumerIds);
  }

  /** Whether the track of this consumer is still there to be shown. */
  holds(consumerId: string): boolean {
    return !this.isClosed && this.#receiver.holds(consumerId);
  }

  /** Whether something of this track has come that can be seen or heard. */
  async hasBegun(consumerId: string): Promise<boolean> {
    return !this.isClosed && this.#receiver.hasBegun(consumerId);
  }

  /** Negotiates tracks of others without receiving them yet. */
  async prepare(consumers: readonly PeerConsumer[]): Promise<Incoming[]> {
    return this.isClosed ? [] : this.#receiver.prepare(consumers);
  }

  /** Receives tracks of others; all of one call in one negotiation. */
  async receive(consumers: readonly PeerConsumer[]): Promise<Incoming[]> {
    return this.isClosed ? [] : this.#receiver.receive(consumers);
  }

  drop(consumerId: string): void {
    this.#receiver.drop(consumerId);
  }

  /** WebRTC statistics of both directions, or none once closed. */
  async stats(): Promise<RTCStatsReport[]> {
    return this.#ends.stats();
  }

  /** Ends both directions. Safe to call again. */
  close(): void {
    this.#ends.close();
  }
}
