import type { SeatId } from '@careconnect/contracts';
import type { Playback } from './playback.svelte.ts';
import type { Incoming } from './receiver.ts';

/** Tracks of one person, in an element that plays them as soon as they flow. */
export interface EarlyPeer {
  readonly tracks: readonly Incoming[];
  readonly playback: Playback;
}

/**
 * Tracks of people of whom this page is yet to be told: prepared in the lobby, or faster than the word about
 * their sender. A browser takes a while to set up an element, so each person has theirs already; it is silent
 * until it is taken.
 */
export class EarlyPeers {
  readonly #peers = new Map<SeatId, EarlyPeer>();
  readonly #createPlayback: () => Playback;

  constructor(createPlayback: () => Playback) {
    this.#createPlayback = createPlayback;
  }

  get consumerIds(): string[] {
    return [...this.#peers.values()].flatMap(({ tracks }) => tracks.map(({ consumer }) => consumer.id));
  }

  add(incoming: Incoming): void {
    const { seatId } = incoming.consumer;
    const { tracks, playback } = this.#peers.get(seatId) ?? this.#newcomer();
    this.#keep(seatId, [...tracks, incoming], playback);
  }

  drop(consumerId: string): void {
    for (const [seatId, { tracks, playback }] of this.#peers) {
      const kept = tracks.filter(({ consumer }) => consumer.id !== consumerId);
      if (kept.length < tracks.length) this.#keep(seatId, kept, playback);
    }
  }

  /** Hands over what there is of someone who has been told of; something to begin with for anyone else. */
  take(seatId: SeatId): EarlyPeer {
    const peer = this.#peers.get(seatId) ?? this.#newcomer();
    this.#peers.delete(seatId);
    return peer;
  }

  forget(seatId: SeatId): void {
    this.#peers.delete(seatId);
  }

  #newcomer(): EarlyPeer {
    return { tracks: [], playback: this.#createPlayback() };
  }

  #keep(seatId: SeatId, tracks: readonly Incoming[], playback: Playback): void {
    playback.setTracks(tracks.flatMap(({ consumer, track }) => (consumer.source === 'screen' ? [] : track)));
    if (tracks.length > 0) this.#peers.set(seatId, { tracks, playback });
    else this.#peers.delete(seatId);
  }
}
