import type { PeerConsumer } from '@careconnect/contracts';
import type { types } from 'mediasoup-client';
import { RequestError } from '../seat/request-error.ts';
import { statsOf } from '../measuring/stats.ts';
import type { SeatSocket } from '../seat/seat-connection.ts';

/** What the server could not answer may be answered a moment later. */
const RESUME_AGAIN_MS = 2_000;

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
    for (const result of settled)
      if (result.status === 'rejected') console.error('a track could not be received', result.reason);
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

  /** The server lets these flow, as it was asked to. */
  markFlowing(consumerIds: readonly string[]): void {
    for (const id of consumerIds) this.#ready.delete(id);
  }

  /** Whether this consumer has not ended. */
  holds(consumerId: string): boolean {
    return this.#consumers.has(consumerId);
  }

  /** Whether something of this track has come that can be seen or heard. */
  async hasBegun(consumerId: string): Promise<boolean> {
    const consumer = await this.#consumers.get(consumerId);
    const report = await consumer?.getStats();
    return statsOf(report ? [report] : [], 'inbound-rtp').some(
      ({ kind, framesDecoded = 0, packetsReceived = 0 }) =>
        (kind === 'video' ? framesDecoded : packetsReceived) > 0,
    );
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
    // Who is told of it again gets another try.
    consuming.catch(() => this.#consumers.get(id) === consuming && this.#consumers.delete(id));
    const { track } = await consuming;
    // Its sender may have gone while we negotiated.
    if (this.#consumers.get(id) !== consuming) return null;
    this.#ready.add(id);
    return { consumer, track };
  }

  async #resume(consumerIds: readonly string[], isRepeated = false): Promise<void> {
    if (consumerIds.length === 0) return;
    try {
      await this.#socket.request('consumer:set-paused', { consumerIds: [...consumerIds], paused: false });
      this.markFlowing(consumerIds);
    } catch (error) {
      const { code, isPassing } = RequestError.from(error);
      if (code === 'MEDIA_REFUSED' && consumerIds.length > 1) return this.#resumeApart(consumerIds);
      // The next welcome tells of them again.
      if (code === 'DISCONNECTED') return;
      if (isPassing && !isRepeated) setTimeout(() => void this.#resumeAgain(consumerIds), RESUME_AGAIN_MS);
      else if (code !== 'MEDIA_REFUSED') console.error('tracks stay paused', error);
    }
  }

  /** One of them has ended on its way to us, as the server is about to say; the others must not wait for it. */
  async #resumeApart(consumerIds: readonly string[]): Promise<void> {
    await Promise.all(consumerIds.map((id) => this.#resume([id])));
  }

  async #resumeAgain(consumerIds: readonly string[]): Promise<void> {
    await this.#resume(
      consumerIds.filter((id) => this.#ready.has(id)),
      true,
    );
  }
}
