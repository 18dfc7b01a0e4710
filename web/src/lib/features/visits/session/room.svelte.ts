import type { MediaSource, Peer, SeatId } from '@careconnect/contracts';
import { SvelteMap } from 'svelte/reactivity';
import type { Incoming } from './receiver.ts';
import { RemotePeer } from './remote-peer.svelte.ts';

/** Everyone else in the room and what they show, in the order in which they came. */
export class Room {
  peers = $state.raw<readonly RemotePeer[]>([]);
  /** Somebody else has been here, so that an empty room means "gone" and not "not yet here". */
  hasHadCompany = $state(false);
  /** The latest word about tracks, some of which are still being received. */
  readonly #paused = new SvelteMap<string, boolean>();
  #stale: readonly string[] = [];

  /** Takes the list of a snapshot; people who are still there keep their place. */
  seat(peers: readonly Peer[]): void {
    this.peers = this.peers.filter(({ seatId }) => peers.some((peer) => peer.seatId === seatId));
    for (const peer of peers) this.join(peer);
  }

  join(peer: Peer): void {
    const known = this.find(peer.seatId);
    if (known) known.isConnected = peer.isConnected;
    else this.peers = [...this.peers, new RemotePeer(peer)];
    this.hasHadCompany = true;
  }

  leave(seatId: SeatId): void {
    this.peers = this.peers.filter((peer) => peer.seatId !== seatId);
  }

  setConnected(seatId: SeatId, isConnected: boolean): void {
    const peer = this.find(seatId);
    if (peer) peer.isConnected = isConnected;
  }

  show({ consumer, track }: Incoming): void {
    this.find(consumer.seatId)?.setTrack(consumer.source, {
      consumerId: consumer.id,
      track,
      isPaused: this.#paused.get(consumer.id) ?? consumer.isProducerPaused,
    });
  }

  setPaused(consumerId: string, isPaused: boolean): void {
    this.#paused.set(consumerId, isPaused);
    this.#change(consumerId, (peer, source) => {
      const current = peer[source];
      if (current) peer.setTrack(source, { ...current, isPaused });
    });
  }

  hide(consumerId: string): void {
    this.#paused.delete(consumerId);
    this.#change(consumerId, (peer, source) => peer.setTrack(source, null));
  }

  /** The media path has ended. Its last pictures stay until {@link dropStaleTracks}. */
  markTracksStale(): void {
    this.#paused.clear();
    this.#stale = this.peers.flatMap((peer) => peer.consumerIds);
  }

  /** The new media path is there: what it did not bring again is gone. */
  dropStaleTracks(): void {
    for (const consumerId of this.#stale) this.hide(consumerId);
    this.#stale = [];
  }

  find(seatId: SeatId): RemotePeer | undefined {
    return this.peers.find((peer) => peer.seatId === seatId);
  }

  #change(consumerId: string, change: (peer: RemotePeer, source: MediaSource) => void): void {
    for (const peer of this.peers) {
      const source = peer.sourceOf(consumerId);
      if (source) change(peer, source);
    }
  }
}
