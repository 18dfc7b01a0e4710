import type { Bottleneck, InVisitFor, MediaSource, Peer, SeatId, SeatRole } from '@careconnect/contracts';
import type { ShownPicture } from './picture-wishes.ts';
import type { Playback } from './playback.svelte.ts';

/** One track of someone else as the page shows it. */
export interface RemoteTrack {
  readonly consumerId: string;
  readonly track: MediaStreamTrack;
  /** In how many sizes its sender may send it. */
  readonly layers: number;
  /** The sender has muted it. */
  readonly isPaused: boolean;
  /** Why it does not come through, as the server sees it. */
  readonly bottleneck: Bottleneck | null;
}

/** Someone else in the room. Outlives broken connections, so that their tile never jumps. */
export class RemotePeer {
  readonly seatId: SeatId;
  readonly name: string;
  readonly seatRole: SeatRole;
  readonly inVisitFor: InVisitFor | undefined;
  isConnected = $state(true);
  camera = $state.raw<RemoteTrack | null>(null);
  microphone = $state.raw<RemoteTrack | null>(null);
  screen = $state.raw<RemoteTrack | null>(null);
  readonly playback: Playback;
  /** What plays their screen, while they show one. */
  screenPlayback = $state.raw<Playback | null>(null);
  readonly #createPlayback: () => Playback;

  /** @param playback - made before the page knew of them, or new */
  constructor(
    { seatId, name, seatRole, inVisitFor, isConnected }: Peer,
    playback: Playback,
    createPlayback: () => Playback,
  ) {
    this.playback = playback;
    this.#createPlayback = createPlayback;
    this.seatId = seatId;
    this.name = name;
    this.seatRole = seatRole;
    this.inVisitFor = inVisitFor;
    this.isConnected = isConnected;
  }

  get isCameraOn(): boolean {
    return this.camera !== null && !this.camera.isPaused;
  }

  /** Why their picture does not come through. */
  get bottleneck(): Bottleneck | null {
    return this.isCameraOn ? (this.camera?.bottleneck ?? null) : null;
  }

  get isScreenOn(): boolean {
    return this.screen !== null && !this.screen.isPaused;
  }

  /** What is shown of them, and how large. */
  get pictures(): ShownPicture[] {
    const { camera, screen, playback, screenPlayback } = this;
    return [
      ...(camera ? [{ ...camera, lines: playback.lines }] : []),
      ...(screen ? [{ ...screen, lines: screenPlayback?.lines ?? null }] : []),
    ];
  }

  get isMuted(): boolean {
    return this.microphone === null || this.microphone.isPaused;
  }

  get tracks(): RemoteTrack[] {
    return [this.camera, this.microphone, this.screen].filter((shown) => shown !== null);
  }

  get consumerIds(): string[] {
    return this.tracks.map(({ consumerId }) => consumerId);
  }

  setTracks(tracks: Partial<Record<MediaSource, RemoteTrack | null>>): void {
    Object.assign(this, tracks);
    this.playback.setTracks([this.camera, this.microphone].flatMap((shown) => (shown ? [shown.track] : [])));
    if (this.screen) this.screenPlayback ??= this.#createPlayback();
    this.screenPlayback?.setTracks(this.screen ? [this.screen.track] : []);
    if (!this.screen) this.screenPlayback = null;
  }

  /** Finds the source that a consumer shows, or null. */
  sourceOf(consumerId: string): MediaSource | null {
    for (const source of ['camera', 'microphone', 'screen'] as const) {
      if (this[source]?.consumerId === consumerId) return source;
    }
    return null;
  }
}
