import type { NativePublisher, NativeWatcher, Receiver } from '../rtc/native-peer.ts';

/** How many clients a server gets: `rooms` with one publisher and `watchers` each. */
export interface LoadShape {
  readonly rooms: number;
  readonly watchers: number;
  /** More watchers for each room, whose packets nobody looks at. */
  readonly newAudience?: () => readonly Receiver[];
}

export interface Publishing {
  readonly publisher: NativePublisher;
  readonly ssrc: number;
  readonly payloadType: number;
}

export interface Clients {
  readonly publishing: readonly Publishing[];
  readonly watchers: readonly NativeWatcher[];
}

/** A media server under measurement. */
export interface MeasuredServer {
  readonly name: 'careconnect' | 'mediasoup' | 'janus';
  /** Its process; children such as media workers count too. */
  readonly pid: number;
  /** Connects all clients; every watcher is fed by its room's publisher. */
  join(shape: LoadShape): Promise<Clients>;
  stop(): Promise<void>;
}
