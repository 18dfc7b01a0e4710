import type { PeerConsumer, SeatTransports } from '@careconnect/contracts';
import type { LocalMedia } from './local-media.svelte.ts';
import { MediaSession } from './media-session.ts';
import type { Room } from './room.svelte.ts';
import type { RouterDevice } from './router-device.ts';
import type { SeatSocket } from './seat-connection.ts';
import { preferredSpatialLayer } from './simulcast.ts';

export interface SeatMediaOptions {
  readonly socket: SeatSocket;
  readonly local: LocalMedia;
  readonly room: Room;
  readonly onLost: () => void;
}

/**
 * Joins this person's devices and everyone's tiles to whatever media path there is at the moment.
 * Paths come and go with connections; this stays for the whole visit.
 */
export class SeatMedia {
  readonly #options: SeatMediaOptions;
  readonly #layers = new Map<string, number>();
  #session: MediaSession | null = null;
  #isLive = false;

  constructor(options: SeatMediaOptions) {
    this.#options = options;
  }

  /** Replaces the media path. Null where the server or the browser has none. */
  rebuild(routerDevice: RouterDevice | null, transports: SeatTransports | null): void {
    const { socket, room, onLost } = this.#options;
    this.#session?.close();
    this.#layers.clear();
    room.markTracksStale();
    this.#session =
      routerDevice && transports
        ? MediaSession.open({ device: routerDevice.device, socket, transports, onLost })
        : null;
    this.publish();
  }

  /** Whether what this person sends may flow, or only stands ready. */
  setLive(isLive: boolean): void {
    this.#isLive = isLive;
    this.publish();
  }

  /** Makes what is sent match the devices and switches of this person. */
  publish(): void {
    const session = this.#session;
    if (!session) return;
    for (const source of [this.#options.local.microphone, this.#options.local.camera]) {
      session.publish(source.source, source.outgoing(this.#isLive)).catch((error: unknown) => {
        if (!session.isClosed) console.error(`${source.source} could not be sent`, error);
      });
    }
  }

  /** Receives these tracks and puts them into their tiles. */
  async show(consumers: readonly PeerConsumer[]): Promise<void> {
    const session = this.#session;
    if (!session) return;
    const incoming = await session.receive(consumers);
    if (session !== this.#session) return;
    for (const one of incoming) this.#options.room.show(one);
    this.#chooseLayers();
  }

  hide(consumerId: string): void {
    this.#session?.drop(consumerId);
    this.#layers.delete(consumerId);
    this.#options.room.hide(consumerId);
    this.#chooseLayers();
  }

  async stats(): Promise<RTCStatsReport[]> {
    return this.#session?.stats() ?? [];
  }

  close(): void {
    this.#session?.close();
    this.#session = null;
  }

  /** Many small tiles need smaller pictures than one large one. */
  #chooseLayers(): void {
    const cameras = this.#options.room.peers.flatMap(({ camera }) => (camera ? [camera.consumerId] : []));
    const spatialLayer = preferredSpatialLayer(cameras.length);
    for (const consumerId of cameras) {
      // The server sends the best that fits until it is told otherwise.
      if ((this.#layers.get(consumerId) ?? 2) === spatialLayer) continue;
      this.#layers.set(consumerId, spatialLayer);
      this.#options.socket
        .request('consumer:set-layers', { consumerId, layers: { spatialLayer } })
        .catch(() => this.#layers.delete(consumerId));
    }
  }
}
