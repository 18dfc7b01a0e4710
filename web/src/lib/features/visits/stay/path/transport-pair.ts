import type { IceServer, SeatTransports, TransportIds } from '@careconnect/contracts';
import type { Device, types } from 'mediasoup-client';
import { markVisitStep } from '../measuring/visit-marks.ts';
import type { SeatSocket } from '../seat/seat-connection.ts';
import { createSeatTransport } from './transport.ts';

export interface TransportPairOptions {
  readonly device: Device;
  readonly socket: SeatSocket;
  readonly transports: SeatTransports;
  readonly iceServers: readonly IceServer[];
  readonly onState: (state: PathState) => void;
}

/**
 * `connecting`: a way is looked for. `interrupted`: nothing comes through for the moment. `failed`: broken beyond what
 * ICE mends.
 */
export type PathState = 'connecting' | 'flowing' | 'interrupted' | 'failed';

const DIRECTIONS = ['send', 'recv'] as const;
type Direction = (typeof DIRECTIONS)[number];

/** The two transports of a media path, and the way that they take through the network. */
export class TransportPair {
  readonly #socket: SeatSocket;
  readonly #onState: (state: PathState) => void;
  readonly #ends: Readonly<Record<Direction, types.Transport>>;
  readonly #connected = new Set<Direction>();
  #state: PathState = 'flowing';
  #restarting: Promise<void> | null = null;
  #isClosed = false;
  #isRefused = false;

  constructor({ device, socket, transports, iceServers, onState }: TransportPairOptions) {
    const create = (direction: Direction): types.Transport =>
      createSeatTransport({
        device,
        socket,
        direction,
        parameters: transports[direction],
        iceServers,
        onState: (state) => this.#follow(direction, state),
        // Without a connection the next welcome brings other ends.
        onRefused: ({ code }) => code === 'DISCONNECTED' || this.#refused(),
      });
    this.#socket = socket;
    this.#onState = onState;
    this.#ends = { send: create('send'), recv: create('recv') };
  }

  get send(): types.Transport {
    return this.#ends.send;
  }

  get recv(): types.Transport {
    return this.#ends.recv;
  }

  get ids(): TransportIds {
    return { send: this.send.id, recv: this.recv.id };
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** They can outlive the connection over which they were made: what is used of them has connected and not failed. */
  get isLasting(): boolean {
    if (this.#isClosed || !this.#connected.has('recv')) return false;
    return DIRECTIONS.every((direction) => {
      const { connectionState } = this.#ends[direction];
      return connectionState === 'new' || (this.#connected.has(direction) && connectionState !== 'failed');
    });
  }

  /** A data channel is the one thing that makes a receiving transport connect before there is media. */
  async warmUp(channel: SeatTransports['warmUp']): Promise<void> {
    try {
      await this.recv.consumeData(channel as types.DataConsumerOptions);
    } catch (error) {
      // Joining works without it, only later: the transport then connects with the first track.
      if (!this.#isClosed) console.error('the receiving transport could not be warmed up', error);
    }
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

  /** WebRTC statistics of both directions, or none once closed. */
  async stats(): Promise<RTCStatsReport[]> {
    if (this.#isClosed) return [];
    return Promise.all(DIRECTIONS.map((direction) => this.#ends[direction].getStats()));
  }

  /** Safe to call again. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.send.close();
    this.recv.close();
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

  #follow(direction: Direction, state: types.ConnectionState): void {
    if (this.#isClosed || this.#isRefused) return;
    if (state === 'connected') this.#connected.add(direction);
    if (this.#connected.size === 2) markVisitStep('transports-ready');
    this.#enter(pathState(DIRECTIONS.map((each) => this.#ends[each].connectionState)));
  }

  /** Whatever the browser's end finds on its way from now on, nobody is at the other. */
  #refused(): void {
    this.#isRefused = true;
    this.#enter('failed');
  }

  #enter(state: PathState): void {
    if (this.#isClosed || state === this.#state) return;
    this.#state = state;
    this.#onState(state);
  }
}

/** One end that is down is enough: a visit has two directions. */
function pathState(ends: readonly types.ConnectionState[]): PathState {
  if (ends.includes('failed')) return 'failed';
  if (ends.includes('disconnected')) return 'interrupted';
  return ends.includes('connecting') ? 'connecting' : 'flowing';
}
