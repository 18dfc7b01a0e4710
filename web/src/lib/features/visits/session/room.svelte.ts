import type { MediaSource, Peer, RoomSnapshot, SeatId } from '@careconnect/contracts';
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
  /** Tracks of people whom this page is yet to be told of. */
  #early: readonly Incoming[] = [];

  /** Takes the lists of a snapshot; people who are still there, or about to be back, keep their place. */
  seat({ peers, returning, consumers }: Pick<RoomSnapshot, 'peers' | 'returning' | 'consumers'>): void {
    this.peers = this.peers.filter(
      ({ seatId }) => returning.includes(seatId) || peers.some((peer) => peer.seatId === seatId),
    );
    for (const seatId of returning) this.setConnected(seatId, false);
    for (const peer of peers) this.join(peer);
    for (const { id, isProducerPaused } of consumers) this.setPaused(id, isProducerPaused);
  }

  join(peer: Peer): void {
    const known = this.find(peer.seatId);
    if (known) known.isConnected = peer.isConnected;
    else this.peers = [...this.peers, new RemotePeer(peer)];
    this.hasHadCompany = true;
    const early = this.#early;
    this.#early = [];
    for (const incoming of early) this.show(incoming);
  }

  leave(seatId: SeatId): void {
    this.peers = this.peers.filter((peer) => peer.seatId !== seatId);
    this.#early = this.#early.filter(({ consumer }) => consumer.seatId !== seatId);
  }

  setConnected(seatId: SeatId, isConnected: boolean): void {
    const peer = this.find(seatId);
    if (peer) peer.isConnected = isConnected;
  }

  show(incoming: Incoming): void {
    const { consumer, track } = incoming;
    const peer = this.find(consumer.seatId);
    if (!peer) {
      this.#early = [...this.#early, incoming];
      return;
    }
    peer.setTrack(consumer.source, {
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
    this.#early = this.#early.filter(({ consumer }) => consumer.id !== consumerId);
    this.#change(consumerId, (peer, source) => peer.setTrack(source, null));
  }

  /** What is shown, or waits for its person. */
  get consumerIds(): string[] {
    const early = this.#early.map(({ consumer }) => consumer.id);
    return [...this.peers.flatMap((peer) => peer.consumerIds), ...early];
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
