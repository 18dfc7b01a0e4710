import type {
  DtlsParameters,
  IceParameters,
  SeatTransports,
  TransportDirection,
  TransportIds,
} from '@careconnect/contracts';
import type { types } from 'mediasoup';
import { media, mediaErrors } from '../media-errors.ts';
import { toDtlsParameters } from '../rtp.ts';
import type { RoomPart } from '../workers/room-part.ts';
import { transportState, watchTransport } from '../workers/transport-state.ts';
import { createTransport, describeTransport } from '../workers/transports.ts';
import { consumeWarmUp } from '../workers/warm-up.ts';

/** One end of a seat, and which one the page believes it to be. */
export interface EndName {
  readonly direction: TransportDirection;
  readonly transportId?: string | undefined;
}

/** What a browser needs to make its ends. */
export type EndParameters = Omit<SeatTransports, 'videoCodecs'>;

const DIRECTIONS = ['send', 'recv'] as const;

/** The server's ends of a seat's two transports. */
export class SeatEnds {
  readonly send: types.WebRtcTransport;
  readonly recv: types.WebRtcTransport;
  readonly parameters: EndParameters;

  static async create({ router, worker, warmUp }: RoomPart): Promise<SeatEnds> {
    const { webRtcServer } = worker;
    const [send, { recv, channel }] = await media('the connection', () =>
      Promise.all([
        createTransport(router, webRtcServer, 'send'),
        createTransport(router, webRtcServer, 'recv').then(async (transport) => ({
          recv: transport,
          channel: await consumeWarmUp(transport, warmUp),
        })),
      ]),
    );
    return new SeatEnds(send, recv, {
      send: describeTransport(send),
      recv: describeTransport(recv),
      warmUp: channel,
    });
  }

  private constructor(send: types.WebRtcTransport, recv: types.WebRtcTransport, parameters: EndParameters) {
    this.send = send;
    this.recv = recv;
    this.parameters = parameters;
  }

  /** Whether these are its transports, and a browser may still be at their other ends. */
  hasTransports({ send, recv }: TransportIds): boolean {
    return this.send.id === send && this.recv.id === recv && isAlive(this.send) && isAlive(this.recv);
  }

  /** What was meant for transports that have been replaced must not reach those that are there now. */
  get({ direction, transportId }: EndName): types.WebRtcTransport {
    const end = this[direction];
    if (transportId !== undefined && transportId !== end.id) throw mediaErrors.noSeat();
    return end;
  }

  async connect(name: EndName, dtlsParameters: DtlsParameters): Promise<void> {
    const end = this.get(name);
    await media('the connection', () => end.connect({ dtlsParameters: toDtlsParameters(dtlsParameters) }));
  }

  async restartIce(name: EndName): Promise<IceParameters> {
    const end = this.get(name);
    return media('a new connection attempt', () => end.restartIce());
  }

  /** Calls back whenever a browser has come to one of them, or has gone. */
  watch(onChange: (direction: TransportDirection, isConnected: boolean) => void): void {
    for (const direction of DIRECTIONS)
      watchTransport(this[direction], (state) => onChange(direction, state === 'connected'));
  }

  close(): void {
    for (const direction of DIRECTIONS) this[direction].close();
  }
}

function isAlive({ closed, iceState, dtlsState }: types.WebRtcTransport): boolean {
  return !closed && transportState(iceState, dtlsState) !== 'failed';
}
