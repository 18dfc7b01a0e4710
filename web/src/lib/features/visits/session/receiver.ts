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
  readonly #consumers = new Map<string, Promise<types.Consumer>>();
  /** Those that the browser has negotiated and the server is not known to let flow. */
  readonly #ready = new Set<string>();

  constructor({ transport, socket }: { transport: types.Transport; socket: SeatSocket }) {
    this.#transport = transport;
    this.#socket = socket;
  }

  /** Consumers for which the server need not wait when this person enters. */
  get ready(): readonly string[] {
    return [...this.#ready];
  }

  /**
   * Takes all of these in one negotiation (mediasoup-client gathers the calls of one tick); nothing of them
   * flows yet. One that this browser cannot decode is left out, the others go on.
   * @returns those that were not known before
   */
  async prepare(consumers: readonly PeerConsumer[]): Promise<Incoming[]> {
    const fresh = consumers.filter(({ id }) => !this.#consumers.has(id));
    const settled = await Promise.allSettled(fresh.map((consumer) => this.#negotiate(consumer)));
    const failed = settled.find((result) => result.status === 'rejected');
    if (failed) console.error('a track could not be received', failed.reason);
    return settled.flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []));
  }

  /**
   * Takes these, and lets them flow with those that were prepared before or whose word was lost with a
   * connection.
   * @returns those that were not known before
   */
  async receive(consumers: readonly PeerConsumer[]): Promise<Incoming[]> {
    const incoming = await this.prepare(consumers);
    await Promise.allSettled(consumers.flatMap(({ id }) => this.#consumers.get(id) ?? []));
    // Not a moment sooner: the first frame is a keyframe, and one that comes before the browser has
    // given its answer is lost, which costs more than the answer takes.
    void this.#resume(consumers.flatMap(({ id }) => (this.#ready.has(id) ? [id] : [])));
    return incoming;
  }

  /** Forgets one track. Unknown ids are fine: the server may be faster than we are. */
  drop(consumerId: string): void {
    const consumer = this.#consumers.get(consumerId);
    this.#consumers.delete(consumerId);
    this.#ready.delete(consumerId);
    void consumer?.then(
      (native) => native.close(),
      () => undefined,
    );
  }

  async #negotiate(consumer: PeerConsumer): Promise<Incoming | null> {
    const { id, producerId, kind, seatId, source } = consumer;
    const consuming = this.#transport.consume({
      id,
      producerId,
      kind,
      rtpParameters: consumer.rtpParameters as types.RtpParameters,
      streamId: `${seatId}:${source === 'screen' ? 'screen' : 'face'}`,
    });
    this.#consumers.set(id, consuming);
    const { track } = await consuming;
    // Its sender may have gone while we negotiated.
    if (this.#consumers.get(id) !== consuming) return null;
    this.#ready.add(id);
    return { consumer, track };
  }

  async #resume(consumerIds: string[]): Promise<void> {
    if (consumerIds.length === 0) return;
    try {
      await this.#socket.request('consumer:set-paused', { consumerIds, paused: false });
      for (const id of consumerIds) this.#ready.delete(id);
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
