import type { MediaSource, PeerConsumer, SeatTransports } from '@careconnect/contracts';
import type { Device, types } from 'mediasoup-client';
import { Publisher, type Outgoing } from './publisher.ts';
import { Receiver, type Incoming } from './receiver.ts';
import type { SeatSocket } from './seat-connection.ts';
import { createSeatTransport } from './transport.ts';
import { markVisitStep } from './visit-marks.ts';

export interface MediaSessionOptions {
  readonly device: Device;
  readonly socket: SeatSocket;
  readonly transports: SeatTransports;
  /** The path is broken beyond what ICE mends by itself. */
  readonly onLost: () => void;
}

/**
 * The media of one seat over one pair of transports. It begins in the lobby, so that ICE and DTLS
 * are done before the person joins, and ends with the transports; a new pair is a new session.
 */
export class MediaSession {
  readonly #send: types.Transport;
  readonly #recv: types.Transport;
  readonly #publisher: Publisher;
  readonly #receiver: Receiver;
  readonly #connected = new Set<'send' | 'recv'>();
  #isClosed = false;

  private constructor(options: MediaSessionOptions) {
    const { device, socket, transports } = options;
    const create = (direction: 'send' | 'recv'): types.Transport =>
      createSeatTransport({
        device,
        socket,
        direction,
        parameters: transports[direction],
        onState: (state) => this.#follow(direction, state, options.onLost),
      });
    this.#send = create('send');
    this.#recv = create('recv');
    this.#publisher = new Publisher({ transport: this.#send, socket });
    this.#receiver = new Receiver({ transport: this.#recv, socket });
  }

  /** Makes both transports and starts to warm them up. */
  static open(options: MediaSessionOptions): MediaSession {
    const session = new MediaSession(options);
    void session.#warmUp(options.transports.warmUp);
    return session;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Makes what is sent of a source match what is wanted. */
  async publish(source: MediaSource, outgoing: Outgoing): Promise<void> {
    if (this.#isClosed) return;
    await this.#publisher.set(source, outgoing);
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
    return Promise.all([this.#send.getStats(), this.#recv.getStats()]);
  }

  /** Ends both directions. Safe to call again. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#send.close();
    this.#recv.close();
  }

  /** A data channel is the one thing that makes a receiving transport connect before there is media. */
  async #warmUp(channel: SeatTransports['warmUp']): Promise<void> {
    try {
      await this.#recv.consumeData(channel as types.DataConsumerOptions);
    } catch (error) {
      // Joining works without it, only later: the transport then connects with the first track.
      if (!this.#isClosed) console.error('the receiving transport could not be warmed up', error);
    }
  }

  #follow(direction: 'send' | 'recv', state: types.ConnectionState, onLost: () => void): void {
    if (this.#isClosed) return;
    if (state === 'failed') onLost();
    if (state !== 'connected') return;
    this.#connected.add(direction);
    if (this.#connected.size === 2) markVisitStep('transports-ready');
  }
}
