import type {
  IceServer,
  MediaSource,
  PeerConsumer,
  SeatTransports,
  TransportIds,
  VideoCodecs,
} from '@careconnect/contracts';
import type { Device, types } from 'mediasoup-client';
import type { Outgoing } from '../devices/outgoing.ts';
import type { EncodableCodecs } from '../encoding/video-codecs.ts';
import { markVisitStep } from '../measuring/visit-marks.ts';
import { Receiver, type Incoming } from '../receiving/receiver.ts';
import type { SeatSocket } from '../seat/seat-connection.ts';
import { Publisher } from '../sending/publisher.ts';
import { createSeatTransport } from './transport.ts';

export interface OpenPathOptions {
  readonly device: Device;
  readonly encodable: EncodableCodecs;
  readonly socket: SeatSocket;
  readonly transports: SeatTransports;
  readonly iceServers: readonly IceServer[];
  readonly savesData: boolean;
  readonly onState: (state: PathState) => void;
}

/**
 * `connecting`: a way is looked for. `interrupted`: nothing comes through for the moment. `failed`: broken beyond what
 * ICE mends.
 */
export type PathState = 'connecting' | 'flowing' | 'interrupted' | 'failed';

const DIRECTIONS = ['send', 'recv'] as const;

/**
 * The media of one seat over one pair of transports. It begins in the lobby, so that ICE and DTLS
 * are done before the person joins, and ends with the transports; a new pair is a new session.
 */
export class OpenPath {
  readonly #socket: SeatSocket;
  readonly #ends: Readonly<Record<'send' | 'recv', types.Transport>>;
  readonly #publisher: Publisher;
  readonly #receiver: Receiver;
  readonly #connected = new Set<'send' | 'recv'>();
  #state: PathState = 'flowing';
  #restarting: Promise<void> | null = null;
  #isClosed = false;
  #isRefused = false;

  private constructor(options: OpenPathOptions) {
    const { device, socket, transports, iceServers, savesData } = options;
    const create = (direction: 'send' | 'recv'): types.Transport =>
      createSeatTransport({
        device,
        socket,
        direction,
        parameters: transports[direction],
        iceServers,
        onState: (state) => this.#follow(direction, state, options.onState),
        // Without a connection the next welcome brings other ends.
        onRefused: ({ code }) => code === 'DISCONNECTED' || this.#refused(options.onState),
      });
    this.#socket = socket;
    this.#ends = { send: create('send'), recv: create('recv') };
    const { videoCodecs } = transports;
    this.#publisher = new Publisher({
      transport: this.#ends.send,
      socket,
      savesData,
      encodable: options.encodable,
      videoCodecs,
    });
    this.#receiver = new Receiver({ transport: this.#ends.recv, socket });
  }

  /** Makes both transports and starts to warm them up. */
  static open(options: OpenPathOptions): OpenPath {
    const session = new OpenPath(options);
    void session.#warmUp(options.transports.warmUp);
    return session;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /**
   * The transports, if they can outlive the connection over which they were made: what is used of them
   * has been connected and has not failed, and the server knows of everything that is sent.
   */
  get lasting(): TransportIds | null {
    if (this.#isClosed || this.#publisher.isInDoubt || !this.#connected.has('recv')) return null;
    const isUsable = DIRECTIONS.every((direction) => {
      const { connectionState } = this.#ends[direction];
      return connectionState === 'new' || (this.#connected.has(direction) && connectionState !== 'failed');
    });
    return isUsable ? this.#ids : null;
  }

  /** Whether this session runs over these transports. */
  uses({ send, recv }: SeatTransports): boolean {
    return !this.#isClosed && send.id === this.#ids.send && recv.id === this.#ids.recv;
  }

  /** Relays for the next look for paths: a relay does not take what it was given for the last one for ever. */
  async updateIceServers(iceServers: readonly IceServer[]): Promise<void> {
    if (this.#isClosed) return;
    await Promise.all(
      DIRECTIONS.map((direction) => this.#ends[direction].updateIceServers({ iceServers: [...iceServers] })),
    );
  }

  /** Looks for new paths, for a device that has come to another network. What flows goes on meanwhile. */
  async restartIce(): Promise<void> {
    this.#restarting ??= this.#restart().finally(() => (this.#restarting = null));
    await this.#restarting;
  }

  async #restart(): Promise<void> {
    await Promise.all(
      DIRECTIONS.map(async (direction) => {
        const { iceParameters } = await this.#socket.request('transport:restart-ice', {
          direction,
          transportId: this.#ends[direction].id,
        });
        if (this.#isClosed) return;
        await this.#ends[direction].restartIce({ iceParameters: iceParameters as types.IceParameters });
      }),
    );
  }

  /** Makes what is sent of a source match what is wanted. */
  async publish(source: MediaSource, outgoing: Outgoing): Promise<void> {
    if (this.#isClosed) return;
    await this.#publisher.set(source, outgoing);
  }

  /** Nothing more of a source is sent over this path, whatever becomes of it over another. */
  async silence(source: MediaSource): Promise<void> {
    if (!this.#isClosed) await this.#publisher.silence(source);
  }

  /** The person wants to send as little as is of use, or no longer. */
  saveData(savesData: boolean): void {
    if (!this.#isClosed) this.#publisher.saveData(savesData);
  }

  /** The others can be shown own pictures in these codecs from now on. */
  async encodeFor(videoCodecs: VideoCodecs): Promise<void> {
    if (!this.#isClosed) await this.#publisher.encodeFor(videoCodecs);
  }

  /** This device does not encode VP9 well after all. */
  async goWithoutVp9(): Promise<void> {
    if (!this.#isClosed) await this.#publisher.goWithoutVp9();
  }

  /** Nobody watches more of an own picture than this. */
  limit(producerId: string, maxSpatialLayer: number): void {
    if (!this.#isClosed) this.#publisher.limit(producerId, maxSpatialLayer);
  }

  /** Consumers that this person's browser has prepared for, and that do not flow. */
  get ready(): readonly string[] {
    return this.#isClosed ? [] : this.#receiver.ready;
  }

  /** The server lets these flow, as it was asked to. */
  markFlowing(consumerIds: readonly string[]): void {
    this.#receiver.markFlowing(consumerIds);
  }

  /** Whether the track of this consumer is still there to be shown. */
  holds(consumerId: string): boolean {
    return !this.#isClosed && this.#receiver.holds(consumerId);
  }

  /** Whether something of this track has come that can be seen or heard. */
  async hasBegun(consumerId: string): Promise<boolean> {
    return !this.#isClosed && this.#receiver.hasBegun(consumerId);
  }

  /** Negotiates tracks of others without receiving them yet. */
  async prepare(consumers: readonly PeerConsumer[]): Promise<Incoming[]> {
    return this.#isClosed ? [] : this.#receiver.prepare(consumers);
  }

  /** Receives tracks of others; all of one call in one negotiation. */
  async receive(consumers: readonly PeerConsumer[]): Promise<Incoming[]> {
    return this.#isClosed ? [] : this.#receiver.receive(consumers);
  }

  drop(consumerId: string): void {
    this.#receiver.drop(consumerId);
  }

  /** WebRTC statistics of both directions, or none once closed. */
  async stats(): Promise<RTCStatsReport[]> {
    if (this.#isClosed) return [];
    return Promise.all(DIRECTIONS.map((direction) => this.#ends[direction].getStats()));
  }

  /** Ends both directions. Safe to call again. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#ends.send.close();
    this.#ends.recv.close();
  }

  get #ids(): TransportIds {
    return { send: this.#ends.send.id, recv: this.#ends.recv.id };
  }

  /** A data channel is the one thing that makes a receiving transport connect before there is media. */
  async #warmUp(channel: SeatTransports['warmUp']): Promise<void> {
    try {
      await this.#ends.recv.consumeData(channel as types.DataConsumerOptions);
    } catch (error) {
      // Joining works without it, only later: the transport then connects with the first track.
      if (!this.#isClosed) console.error('the receiving transport could not be warmed up', error);
    }
  }

  #follow(
    direction: 'send' | 'recv',
    state: types.ConnectionState,
    onState: (state: PathState) => void,
  ): void {
    if (this.#isClosed || this.#isRefused) return;
    if (state === 'connected') this.#connected.add(direction);
    if (this.#connected.size === 2) markVisitStep('transports-ready');
    this.#enter(pathState(DIRECTIONS.map((each) => this.#ends[each].connectionState)), onState);
  }

  /** Whatever the browser's end finds on its way from now on, nobody is at the other. */
  #refused(onState: (state: PathState) => void): void {
    this.#isRefused = true;
    this.#enter('failed', onState);
  }

  #enter(state: PathState, onState: (state: PathState) => void): void {
    if (this.#isClosed || state === this.#state) return;
    this.#state = state;
    onState(state);
  }
}

/** One end that is down is enough: a visit has two directions. */
function pathState(ends: readonly types.ConnectionState[]): PathState {
  if (ends.includes('failed')) return 'failed';
  if (ends.includes('disconnected')) return 'interrupted';
  return ends.includes('connecting') ? 'connecting' : 'flowing';
}
