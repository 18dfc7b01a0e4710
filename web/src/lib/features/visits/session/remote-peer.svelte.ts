import type { MediaSource, Peer, SeatId, SeatRole } from '@careconnect/contracts';
import { Playback } from './playback.ts';

/** One track of someone else as the page shows it. */
export interface RemoteTrack {
  readonly consumerId: string;
  readonly track: MediaStreamTrack;
  /** The sender has muted it. */
  readonly isPaused: boolean;
}

/** Someone else in the room. Outlives broken connections, so that their tile never jumps. */
export class RemotePeer {
  readonly seatId: SeatId;
  readonly name: string;
  readonly seatRole: SeatRole;
  isConnected = $state(true);
  camera = $state.raw<RemoteTrack | null>(null);
  microphone = $state.raw<RemoteTrack | null>(null);
  screen = $state.raw<RemoteTrack | null>(null);
  /** The browser wants a press before it plays this person's sound. */
  isBlocked = $state(false);
  readonly playback = new Playback(() => (this.isBlocked = true));

  constructor({ seatId, name, seatRole, isConnected }: Peer) {
    this.seatId = seatId;
    this.name = name;
    this.seatRole = seatRole;
    this.isConnected = isConnected;
  }

  get isCameraOn(): boolean {
    return this.camera !== null && !this.camera.isPaused;
  }

  get isMuted(): boolean {
    return this.microphone === null || this.microphone.isPaused;
  }

  get consumerIds(): string[] {
    return [this.camera, this.microphone, this.screen].flatMap((shown) => (shown ? [shown.consumerId] : []));
  }

  setTrack(source: MediaSource, track: RemoteTrack | null): void {
    this[source] = track;
    this.playback.setTracks([this.camera, this.microphone].flatMap((shown) => (shown ? [shown.track] : [])));
  }

  /** Finds the source that a consumer shows, or null. */
  sourceOf(consumerId: string): MediaSource | null {
    for (const source of ['camera', 'microphone', 'screen'] as const) {
      if (this[source]?.consumerId === consumerId) return source;
    }
    return null;
  }
}
