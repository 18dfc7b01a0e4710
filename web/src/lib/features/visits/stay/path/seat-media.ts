import type { MediaPath, SeatTransports, VideoCodecs } from '@careconnect/contracts';
import type { LocalMedia } from '../devices/local-media.svelte.ts';
import type { Flow } from '../devices/outgoing.ts';
import type { RouterDevice } from '../encoding/router-device.ts';
import type { AudioFirst, PicturesWanted } from '../measuring/audio-first.svelte.ts';
import type { Room } from '../receiving/room.svelte.ts';
import type { ClientMediaPath } from './client-media-path.ts';
import { PathChange } from './path-change.ts';
import { SeatPath, type SeatPathOptions } from './seat-path.ts';
import { ShownTracks } from './shown-tracks.ts';

export interface SeatMediaOptions extends SeatPathOptions {
  readonly local: LocalMedia;
  readonly room: Room;
  /** Which pictures the connection carries. */
  readonly audioFirst: AudioFirst;
}

/**
 * Joins this person's devices and everyone's tiles to whatever media path there is at the moment.
 * Paths come and go with connections; this stays for the whole visit.
 */
export class SeatMedia {
  readonly path: SeatPath;
  readonly shown: ShownTracks;
  readonly #options: SeatMediaOptions;
  /** While another path takes the place of one that still flows. */
  #change: PathChange | null = null;
  #flow: Flow = 'ready';

  constructor(options: SeatMediaOptions) {
    this.#options = options;
    this.path = new SeatPath(options);
    this.shown = new ShownTracks({ ...options, path: this.path, change: () => this.#change });
  }

  /**
   * Takes the media path that the server names: the one there is, which then looks for a better way through the
   * network if nothing comes through, or a new one. Null where the server or the browser has none.
   */
  use(routerDevice: RouterDevice | null, transports: SeatTransports | null): void {
    this.moved();
    if (transports && this.path.current?.uses(transports)) {
      void this.path.seekIfSilent();
      this.encodeFor(transports.videoCodecs);
    } else this.#rebuild(routerDevice, transports);
    this.publish();
  }

  /** Takes a new path in the place of one that is gone. */
  async renew(routerDevice: RouterDevice | null, { transports, consumers }: MediaPath): Promise<void> {
    this.#rebuild(routerDevice, transports);
    this.publish();
    await this.shown.replaceAll(consumers);
  }

  /** Takes a new path beside the one that there is, which flows until everybody has come over. */
  async move(routerDevice: RouterDevice | null, path: MediaPath): Promise<void> {
    this.moved();
    const leaving = this.path.current;
    if (!leaving || !routerDevice) return this.renew(routerDevice, path);
    this.shown.leavePath();
    const { room, socket } = this.#options;
    const coming = this.path.open(routerDevice, path.transports);
    const transportId = path.transports.recv.id;
    // Who is not heard of has arrived after a while.
    const onArrived = (): void =>
      void socket.request('media:arrived', { transportId }).catch(() => undefined);
    this.#change = new PathChange({ leaving, coming, room, onArrived });
    this.publish();
    await this.shown.add(path.consumers);
    this.#change?.watch();
  }

  /** Nothing flows over the path from which everybody has come. */
  moved(): void {
    const change = this.#change;
    if (!change) return;
    this.#change = null;
    change.finish();
    this.shown.hideOthers();
  }

  /** What may become of all that this person sends. */
  setFlow(flow: Flow): void {
    this.#flow = flow;
    this.publish();
  }

  /** Makes what is sent match the devices and switches of this person. */
  publish(): void {
    const { current } = this.path;
    if (!current) return;
    const { local, audioFirst } = this.#options;
    for (const source of [local.microphone, local.camera]) {
      const outgoing = source.outgoing(this.#flow);
      const isHeld = outgoing.isHeld || (source === local.camera && audioFirst.sending.isClosed);
      if (!outgoing.isLive || isHeld) this.#change?.silence(source.source);
      current.publish(source.source, { ...outgoing, isHeld }).catch((error: unknown) => {
        if (!current.isClosed) console.error(`${source.source} could not be sent`, error);
      });
    }
    const screen = local.screen.outgoing(this.#flow);
    const isHeld = screen.isHeld || audioFirst.sending.isClosed;
    if (!screen.isLive || isHeld) this.#change?.silence('screen');
    current.publish('screen', { ...screen, isHeld }).catch((error: unknown) => {
      if (!current.isClosed) local.screen.refused(error);
    });
  }

  /** The person wants to use little data, or no longer. */
  saveData(): void {
    this.path.current?.saveData(this.#options.dataSaver.isOn);
    this.shown.lookAtPlaces();
  }

  /** Nobody watches more of an own picture than this. */
  limit(producerId: string, maxSpatialLayer: number): void {
    this.path.current?.limit(producerId, maxSpatialLayer);
  }

  /** The others can be shown own pictures in these codecs from now on. */
  encodeFor(videoCodecs: VideoCodecs): void {
    this.#recode((path) => path.encodeFor(videoCodecs));
  }

  /** VP9 is too much for this device, for the rest of the visit. */
  goWithoutVp9(): void {
    this.#options.memory.isVp9TooMuch = true;
    this.#recode((path) => path.goWithoutVp9());
  }

  /** Consumers for which the server need not wait when this person enters. */
  get ready(): readonly string[] {
    return this.path.current?.ready ?? [];
  }

  /** The server lets these flow, as it was asked to. */
  markFlowing(consumerIds: readonly string[]): void {
    this.path.current?.markFlowing(consumerIds);
  }

  /** Which pictures there would be, were the connection good. */
  get picturesWanted(): PicturesWanted {
    const { local, room } = this.#options;
    return {
      sent: this.#flow === 'live' && local.camera.isLive,
      received:
        !document.hidden &&
        room.peers.some(
          ({ isCameraOn, isConnected, bottleneck, playback }) =>
            isCameraOn && isConnected && bottleneck === null && playback.lines,
        ),
    };
  }

  async stats(): Promise<RTCStatsReport[]> {
    return this.path.current?.stats() ?? [];
  }

  close(): void {
    this.shown.leavePath();
    this.#change?.close();
    this.#change = null;
    this.path.close();
  }

  #recode(change: (path: ClientMediaPath) => Promise<void>): void {
    const { current } = this.path;
    if (!current) return;
    change(current).catch((error: unknown) => {
      if (!current.isClosed) console.error('a picture could not be sent in another codec', error);
    });
  }

  #rebuild(routerDevice: RouterDevice | null, transports: SeatTransports | null): void {
    this.close();
    if (routerDevice && transports) this.path.open(routerDevice, transports);
  }
}
