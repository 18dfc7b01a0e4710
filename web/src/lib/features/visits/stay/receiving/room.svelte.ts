import {
  GROUP_MIN_SEATS,
  type Bottleneck,
  type MediaKind,
  type MediaSource,
  type Peer,
  type PeerConsumer,
  type Receiver,
  type RoomSnapshot,
  type SeatId,
} from '@careconnect/contracts';
import { SvelteMap } from 'svelte/reactivity';
import { layersOf } from '../encoding/simulcast.ts';
import { EarlyPeers } from './early-peers.ts';
import { Floor } from './floor.svelte.ts';
import { Playback } from './playback.svelte.ts';
import type { Incoming } from './receiver.ts';
import { RemotePeer, type RemoteTrack } from './remote-peer.svelte.ts';

/** What may become of a track while it is there. */
type TrackWord = Partial<Pick<RemoteTrack, 'isPaused' | 'bottleneck'>>;

/** Everyone else in the room and what they show, in the order in which they came. */
export class Room {
  peers = $state.raw<readonly RemotePeer[]>([]);
  /** Somebody else has been here, so that an empty room means "gone" and not "not yet here". */
  hasHadCompany = $state(false);
  /** Who gets what this person sends, as the media server knows it. Null while it is not known. */
  receivers = $state.raw<readonly Receiver[] | null>(null);
  /** Who speaks, where there are others to choose from. */
  readonly floor = new Floor();
  /** The latest word about tracks, some of which are still being received. */
  readonly #words = new SvelteMap<string, TrackWord>();
  readonly #early: EarlyPeers;
  readonly #createPlayback: () => Playback;

  /** @param onPlaced - told whenever a picture has got another place or size on the page */
  constructor(onPlaced: () => void) {
    this.#createPlayback = () => new Playback(onPlaced);
    this.#early = new EarlyPeers(this.#createPlayback);
  }

  /** Takes the lists of a snapshot; people who are still there, or about to be back, keep their place. */
  seat({ peers, returning, consumers }: Pick<RoomSnapshot, 'peers' | 'returning' | 'consumers'>): void {
    this.peers = this.peers.filter(
      ({ seatId }) => returning.includes(seatId) || peers.some((peer) => peer.seatId === seatId),
    );
    for (const seatId of returning) this.setConnected(seatId, false);
    for (const peer of peers) this.join(peer);
    for (const { id, isProducerPaused, bottleneck } of consumers)
      this.#tell(id, { isPaused: isProducerPaused, bottleneck });
  }

  join(peer: Peer): void {
    const known = this.find(peer.seatId);
    if (known) known.isConnected = peer.isConnected;
    else this.peers = [...this.peers, this.#welcome(peer)];
    this.hasHadCompany = true;
  }

  leave(seatId: SeatId): void {
    this.peers = this.peers.filter((peer) => peer.seatId !== seatId);
    this.floor.leave(seatId);
    this.#early.forget(seatId);
  }

  setConnected(seatId: SeatId, isConnected: boolean): void {
    const peer = this.find(seatId);
    if (peer) peer.isConnected = isConnected;
  }

  show(incoming: Incoming): void {
    const { seatId, source } = incoming.consumer;
    const peer = this.find(seatId);
    if (peer) peer.setTracks({ [source]: this.#toRemoteTrack(incoming) });
    else this.#early.add(incoming);
  }

  /** The consumer that shows the same of the same person at this moment, or null. */
  shownLike({ consumer: { seatId, kind, source } }: Incoming): string | null {
    return kind === 'video' ? (this.find(seatId)?.[source]?.consumerId ?? null) : null;
  }

  setPaused(consumerId: string, isPaused: boolean): void {
    this.#tell(consumerId, { isPaused });
  }

  setBottleneck(consumerId: string, bottleneck: Bottleneck | null): void {
    this.#tell(consumerId, { bottleneck });
  }

  hide(consumerId: string): void {
    this.#words.delete(consumerId);
    this.#early.drop(consumerId);
    this.#change(consumerId, (peer, source) => peer.setTracks({ [source]: null }));
  }

  /** What is shown, or waits for its person. */
  get consumerIds(): string[] {
    return [...this.peers.flatMap((peer) => peer.consumerIds), ...this.#early.consumerIds];
  }

  /** Whether the sender of a track has muted it by now, shown or not. */
  isPaused({ id, isProducerPaused }: Pick<PeerConsumer, 'id' | 'isProducerPaused'>): boolean {
    return this.#words.get(id)?.isPaused ?? isProducerPaused;
  }

  /** What others send and have not muted. */
  get flowing(): Readonly<Record<MediaKind, boolean>> {
    return {
      audio: this.peers.some(({ isMuted }) => !isMuted),
      video: this.peers.some(({ isCameraOn }) => isCameraOn),
    };
  }

  /** Whose tile comes first: of a group, one of the others who speaks or has spoken last. */
  get speaker(): RemotePeer | null {
    const isGroup = this.peers.length + 1 >= GROUP_MIN_SEATS;
    return (isGroup && this.peers.find(({ seatId }) => seatId === this.floor.holder)) || null;
  }

  /** Whose screen is to be seen; the server lets only one person show theirs. */
  get presenter(): RemotePeer | null {
    return this.peers.find(({ isScreenOn }) => isScreenOn) ?? null;
  }

  find(seatId: SeatId): RemotePeer | undefined {
    return this.peers.find((peer) => peer.seatId === seatId);
  }

  /** The person with all that is there of them already. */
  #welcome(person: Peer): RemotePeer {
    const { tracks, playback } = this.#early.take(person.seatId);
    playback.unmute();
    const peer = new RemotePeer(person, playback, this.#createPlayback);
    peer.setTracks(Object.fromEntries(tracks.map((one) => [one.consumer.source, this.#toRemoteTrack(one)])));
    return peer;
  }

  #tell(consumerId: string, word: TrackWord): void {
    this.#words.set(consumerId, { ...this.#words.get(consumerId), ...word });
    this.#change(consumerId, (peer, source) => {
      const current = peer[source];
      if (current) peer.setTracks({ [source]: { ...current, ...word } });
    });
  }

  #toRemoteTrack({ consumer, track }: Incoming): RemoteTrack {
    const { id, isProducerPaused, bottleneck, rtpParameters } = consumer;
    const layers = layersOf(rtpParameters);
    return {
      consumerId: id,
      track,
      layers,
      isPaused: isProducerPaused,
      bottleneck,
      ...this.#words.get(id),
    };
  }

  #change(consumerId: string, change: (peer: RemotePeer, source: MediaSource) => void): void {
    for (const peer of this.peers) {
      const source = peer.sourceOf(consumerId);
      if (source) change(peer, source);
    }
  }
}
