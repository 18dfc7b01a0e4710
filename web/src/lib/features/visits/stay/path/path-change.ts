import type { MediaSource, PeerConsumer } from '@careconnect/contracts';
import type { Incoming } from '../receiving/receiver.ts';
import type { Room } from '../receiving/room.svelte.ts';
import type { ClientMediaPath } from './client-media-path.ts';

export interface PathChangeOptions {
  /** The path that still flows. */
  readonly leaving: Pick<ClientMediaPath, 'silence' | 'close'>;
  /** The path that takes its place. */
  readonly coming: Pick<ClientMediaPath, 'holds' | 'hasBegun'>;
  readonly room: Pick<Room, 'peers' | 'find' | 'isPaused' | 'show'>;
  /** Nothing is shown over the old path any more. Told once. */
  readonly onArrived: () => void;
}

/** Between two looks whether something comes over the new path, in ms: about a frame of a slow camera. */
const LOOK_EVERY_MS = 50;

/**
 * One media path in the place of another that still flows. What is shown over the old one stays until the same comes
 * over the new one, track by track, so that nobody sees or hears a gap.
 */
export class PathChange {
  readonly #options: PathChangeOptions;
  /** By consumer: what nothing has come of yet. */
  readonly #waiting = new Map<string, Incoming>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #isLooking = false;
  #hasArrived = false;

  constructor(options: PathChangeOptions) {
    this.#options = options;
  }

  /** Shows a track of the new path, in the place of the same over the old one as soon as there is something of it. */
  show(incoming: Incoming): void {
    const { room, coming } = this.#options;
    const { id, seatId, source } = incoming.consumer;
    const shown = room.find(seatId)?.[source];
    if (!shown || shown.isPaused || coming.holds(shown.consumerId)) room.show(incoming);
    else this.#waiting.set(id, incoming);
  }

  /**
   * A consumer has ended. What waits for it to begin makes room for another of the same picture, as when its sender has
   * changed the codec; else what is shown over the old path has ended too, and is hidden with it.
   */
  gone(consumerId: string): void {
    const ended = this.#waiting.get(consumerId)?.consumer;
    const isFollowed = [...this.#waiting.values()].some(
      ({ consumer: { id, seatId, source, kind } }) =>
        id !== consumerId && seatId === ended?.seatId && source === ended.source && kind === ended.kind,
    );
    if (isFollowed) this.#waiting.delete(consumerId);
    else this.#showNow(consumerId);
  }

  /** Looks from now on for what comes, and whether all is there. To be called once, with the first tracks taken. */
  watch(): void {
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS);
    void this.#look();
  }

  /** Over the old path nothing more of this is to leave the device. */
  silence(source: MediaSource): void {
    this.#options.leaving.silence(source).catch((error: unknown) => {
      console.error(`${source} may still be sent`, error);
    });
  }

  /** Ends the old path, and shows over the new one whatever there is. */
  finish(): void {
    for (const id of [...this.#waiting.keys()]) this.#showNow(id);
    this.#arrive();
    this.close();
  }

  /** Ends the old path. */
  close(): void {
    clearInterval(this.#timer);
    this.#waiting.clear();
    this.#options.leaving.close();
  }

  /** Whatever has come of it. */
  #showNow(consumerId: string): void {
    const incoming = this.#waiting.get(consumerId);
    this.#waiting.delete(consumerId);
    if (incoming) this.#options.room.show(incoming);
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      await Promise.all([...this.#waiting.values()].map(({ consumer }) => this.#showIfThere(consumer)));
    } finally {
      this.#isLooking = false;
    }
    const { room, coming } = this.#options;
    const expected = room.peers.filter(({ isConnected }) => isConnected).flatMap(({ tracks }) => tracks);
    if (expected.every(({ consumerId, isPaused }) => isPaused || coming.holds(consumerId))) this.#arrive();
  }

  async #showIfThere(consumer: PeerConsumer): Promise<void> {
    const { room, coming } = this.#options;
    // Of what its sender has muted nothing will come.
    if (room.isPaused(consumer) || (await coming.hasBegun(consumer.id))) this.#showNow(consumer.id);
  }

  #arrive(): void {
    if (this.#hasArrived) return;
    this.#hasArrived = true;
    clearInterval(this.#timer);
    this.#options.onArrived();
  }
}
