import type { PeerConsumer } from '@careconnect/contracts';
import type { types } from 'mediasoup-client';
import type { SeatSocket } from './seat-connection.ts';
import { SessionError } from './session-error.ts';

/** A track of someone else, ready to be put into an element. */
export interface Incoming {
  readonly consumer: PeerConsumer;
  readonly track: MediaStreamTrack;
}

/** Receives other people's tracks over one transport, and lives as long as that transport. */
export class Receiver {
  readonly #transport: types.Transport;
  readonly #socket: SeatSocket;
  /** Null while the browser negotiates it. */
  readonly #consumers = new Map<string, types.Consumer | null>();
  /** Those that the server is known to let flow. */
  readonly #flowing = new Set<string>();

  constructor({ transport, socket }: { transport: types.Transport; socket: SeatSocket }) {
    this.#transport = transport;
    this.#socket = socket;
  }

  /**
   * Takes all of these in one negotiation (mediasoup-client gathers the calls of one tick) and lets
   * them flow. One that this browser cannot decode is left out, the others go on. One that is known
   * already only flows again, should the word about it have been lost with a connection.
   */
  async receive(consumers: readonly PeerConsumer[]): Promise<Incoming[]> {
    const fresh = consumers.filter(({ id }) => !this.#consumers.has(id));
    const asleep = consumers.filter(({ id }) => this.#consumers.get(id) && !this.#flowing.has(id));
    for (const { id } of fresh) this.#consumers.set(id, null);
    const settled = await Promise.allSettled(fresh.map((consumer) => this.#consume(consumer)));
    // Not a moment sooner: the first frame is a keyframe, and one that comes before the browser has
    // given its answer is lost, which costs more than the answer takes.
    void this.#resume([...fresh, ...asleep].map(({ id }) => id));
    const failed = settled.find((result) => result.status === 'rejected');
    if (failed) console.error('a track could not be received', failed.reason);
    return settled.flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []));
  }

  /** Forgets one track. Unknown ids are fine: the server may be faster than we are. */
  drop(consumerId: string): void {
    this.#consumers.get(consumerId)?.close();
    this.#consumers.delete(consumerId);
    this.#flowing.delete(consumerId);
  }

  async #consume(consumer: PeerConsumer): Promise<Incoming | null> {
    const native = await this.#transport.consume({
      id: consumer.id,
      producerId: consumer.producerId,
      kind: consumer.kind,
      rtpParameters: consumer.rtpParameters as types.RtpParameters,
      streamId: `${consumer.seatId}:${consumer.source === 'screen' ? 'screen' : 'face'}`,
    });
    if (!this.#consumers.has(consumer.id)) {
      native.close(); // its sender has gone while we negotiated
      return null;
    }
    this.#consumers.set(consumer.id, native);
    return { consumer, track: native.track };
  }

  async #resume(consumerIds: string[]): Promise<void> {
    if (consumerIds.length === 0) return;
    try {
      await this.#socket.request('consumer:set-paused', { consumerIds, paused: false });
      for (const id of consumerIds) this.#flowing.add(id);
    } catch (error) {
      const { code, isPassing } = SessionError.from(error);
      if (code === 'MEDIA_REFUSED') return this.#resumeApart(consumerIds);
      // A dropped connection is rebuilt with new consumers; anything else must be seen.
      if (!isPassing) console.error('tracks stay paused', error);
    }
  }

  /** One of them has ended on its way to us, as the server is about to say; the others must not wait for it. */
  async #resumeApart(consumerIds: readonly string[]): Promise<void> {
    if (consumerIds.length > 1) await Promise.all(consumerIds.map((id) => this.#resume([id])));
  }
}
