import type { MediaSource, RtpParameters } from '@careconnect/contracts';
import type { types } from 'mediasoup-client';
import { trackToSend, type Outgoing } from '../devices/outgoing.ts';
import { RequestError } from '../seat/request-error.ts';
import type { SeatSocket } from '../seat/seat-connection.ts';

/** What is sent of one source. */
export interface Sent {
  readonly producer: types.Producer;
  /** What the server calls it. */
  readonly producerId: string;
}

/** How a track is sent. */
export type Encoding = Pick<types.ProducerOptions, 'codec' | 'codecOptions' | 'encodings'>;

/** The producers of one transport, each in this browser and at the server. */
export class TransportProducers {
  readonly #transport: types.Transport;
  readonly #socket: SeatSocket;
  /** By the producer's id in this browser: what the server will call it. */
  readonly #created = new Map<string, Promise<string>>();
  #isInDoubt = false;

  constructor(transport: types.Transport, socket: SeatSocket) {
    this.#transport = transport;
    this.#socket = socket;
    transport.on('produce', ({ kind, rtpParameters, appData }, done) => {
      const id = crypto.randomUUID();
      const created = socket.request('producer:create', {
        transportId: transport.id,
        kind,
        source: appData['source'] as MediaSource,
        rtpParameters: rtpParameters as RtpParameters,
        paused: !appData['isLive'],
      });
      const named = created.then(({ producerId }) => producerId);
      // Its failure belongs to whoever waits for the name; they may have given up before.
      named.catch(() => undefined);
      this.#created.set(id, named);
      // The browser begins with the next source while the server makes this one.
      done({ id });
    });
  }

  /** The server may have one that we do not know of, because its answer never came. */
  get isInDoubt(): boolean {
    return this.#isInDoubt;
  }

  get isClosed(): boolean {
    return this.#transport.closed;
  }

  /** @throws RequestError when the server does not take it; nothing of it is left here then */
  async create(
    source: MediaSource,
    track: MediaStreamTrack,
    outgoing: Outgoing,
    encoding: Encoding,
  ): Promise<Sent> {
    const producer = await this.#transport.produce({
      track,
      ...encoding,
      // The track belongs to whoever captured it: a preview goes on while nothing is sent.
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source, isLive: outgoing.isLive },
    });
    const [producerId] = await Promise.all([
      this.#takenBy(producer),
      trackToSend(outgoing) ? null : attach(producer, null),
    ]);
    return { producer, producerId };
  }

  async pause({ producerId }: Sent, paused: boolean): Promise<void> {
    await this.#socket.request('producer:set-paused', { producerId, paused });
  }

  async end({ producer, producerId }: Sent): Promise<void> {
    producer.close();
    await this.#socket.request('producer:close', { producerId });
  }

  /** What the server calls it, once it has it. */
  async #takenBy(producer: types.Producer): Promise<string> {
    const created = this.#created.get(producer.id);
    this.#created.delete(producer.id);
    try {
      if (!created) throw new TypeError('a producer was made that the server was not asked for');
      return await created;
    } catch (error) {
      this.#isInDoubt ||= RequestError.from(error).isPassing;
      producer.close();
      throw error;
    }
  }
}

/**
 * A sender without a track sends nothing at all, and gets one back without a new negotiation: that
 * would cost an offer and an answer per track in the very moment in which someone joins.
 */
export async function attach(producer: types.Producer, track: MediaStreamTrack | null): Promise<void> {
  if (producer.track !== track) await producer.replaceTrack({ track });
}
