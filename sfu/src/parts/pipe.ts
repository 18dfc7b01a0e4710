import { RtpParameters, type MediaKind } from '@careconnect/contracts';
import type { PipeEnd } from '@careconnect/contracts/internal';
import type { types } from 'mediasoup';
import { isIP } from 'node:net';
import { media, mediaErrors } from '../media/media-errors.ts';
import { toRtpParameters } from '../media/rtp.ts';
import { SOCKET_BUFFER_BYTES } from '../media/workers/media-worker.ts';

export interface PipeOptions {
  /** Where what other nodes send arrives, and what they are told. */
  readonly ip: string;
  /** One UDP port of these for each part of a room that is elsewhere, at both ends; any free ones when absent. */
  readonly ports?: { readonly min: number; readonly max: number } | undefined;
}

/** Something that comes through a pipe. */
export interface PipedTrack {
  readonly producerId: string;
  readonly kind: MediaKind;
  readonly rtpParameters: RtpParameters;
  readonly paused: boolean;
}

/**
 * One end of what goes between the parts of a room on two nodes. There is a network between them, where packets are
 * lost and others listen: so what is lost is sent again (RTX), and all is encrypted (SRTP).
 */
export class Pipe {
  readonly #transport: types.PipeTransport;
  readonly end: PipeEnd;

  static async open(router: types.Router, { ip, ports }: PipeOptions): Promise<Pipe> {
    const transport = await media('the other media server', () =>
      router.createPipeTransport({
        listenInfo: {
          protocol: 'udp',
          ip,
          ...(ports && { portRange: { ...ports } }),
          sendBufferSize: SOCKET_BUFFER_BYTES,
          recvBufferSize: SOCKET_BUFFER_BYTES,
        },
        enableRtx: true,
        enableSrtp: true,
      }),
    );
    const { srtpParameters, tuple } = transport;
    if (!srtpParameters) throw new Error('a transport with SRTP came without its parameters');
    return new Pipe(transport, { ip, port: tuple.localPort, srtpParameters });
  }

  private constructor(transport: types.PipeTransport, end: PipeEnd) {
    this.#transport = transport;
    this.end = end;
  }

  async connect(other: PipeEnd): Promise<void> {
    // Nothing would ever arrive, and nobody would know why.
    if (isIP(other.ip) !== isIP(this.end.ip)) {
      throw mediaErrors.refused(
        'the other media server',
        new Error(`no way from ${this.end.ip} to ${other.ip}`),
      );
    }
    await media('the other media server', () => this.#transport.connect(other));
  }

  /** Sends this to the other end for as long as there is such; answers with how it comes. */
  async send(producerId: string): Promise<RtpParameters> {
    const consumer = await media('the track', () => this.#transport.consume({ producerId }));
    return RtpParameters.parse(consumer.rtpParameters);
  }

  /** Makes it available here, under the same id. */
  async receive({ producerId, kind, rtpParameters, paused }: PipedTrack): Promise<types.Producer> {
    return media('the track', () =>
      this.#transport.produce({
        id: producerId,
        kind,
        rtpParameters: toRtpParameters(rtpParameters),
        paused,
      }),
    );
  }

  close(): void {
    this.#transport.close();
  }
}
