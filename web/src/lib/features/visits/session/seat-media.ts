import type {
  IceServer,
  MediaPath,
  PeerConsumer,
  RoomSnapshot,
  SeatTransports,
  TransportIds,
  VideoCodecs,
} from '@careconnect/contracts';
import type { AudioFirst, PicturesWanted } from './audio-first.svelte.ts';
import type { DataSaver } from './data-saver.svelte.ts';
import type { LocalMedia } from './local-media.svelte.ts';
import { isHeardFrom } from './heard-from.ts';
import { MediaSession, type PathState } from './media-session.ts';
import { PathChange } from './path-change.ts';
import type { Flow } from './outgoing.ts';
import type { Room } from './room.svelte.ts';
import type { RouterDevice } from './router-device.ts';
import type { SeatSocket } from './seat-connection.ts';
import { SessionError } from './session-error.ts';
import { linesToReceive } from './simulcast.ts';
import { PictureWishes } from './picture-wishes.ts';
import { Successors } from './successors.ts';

export interface SeatMediaOptions {
  readonly socket: SeatSocket;
  readonly local: LocalMedia;
  readonly room: Room;
  /** Which pictures the connection carries. */
  readonly audioFirst: AudioFirst;
  readonly dataSaver: Pick<DataSaver, 'isOn'>;
  /** Nothing mends the path any more. */
  readonly onLost: () => void;
  /** Something comes through again where nothing did. */
  readonly onMended: () => void;
}

/**
 * How long what someone has shown over a path that is gone stays on the screen, waiting for the same over the new
 * one, in ms. Longer than anything takes that comes back by itself.
 */
const STALE_MS = 5_000;
/** How often a way through the network is looked for while nothing comes through, in ms: a relay may be starting anew. */
const SEEK_AGAIN_MS = 2_000;

/**
 * Joins this person's devices and everyone's tiles to whatever media path there is at the moment.
 * Paths come and go with connections; this stays for the whole visit.
 */
export class SeatMedia {
  readonly #options: SeatMediaOptions;
  readonly #wishes: PictureWishes;
  readonly #successors: Successors;
  #session: MediaSession | null = null;
  /** While another path takes the place of one that still flows. */
  #change: PathChange | null = null;
  #iceServers: readonly IceServer[] = [];
  #flow: Flow = 'ready';
  #isInside = false;
  #seeking: ReturnType<typeof setInterval> | undefined;

  constructor(options: SeatMediaOptions) {
    this.#options = options;
    this.#wishes = new PictureWishes(options.socket);
    this.#successors = new Successors({ ...options, onShown: () => this.lookAtPlaces() });
  }

  /** The transports that need not be replaced when the connection is, or null. */
  get lasting(): TransportIds | null {
    return this.#session?.lasting ?? null;
  }

  /** Relays for every media path from now on. */
  setIceServers(iceServers: readonly IceServer[]): void {
    this.#iceServers = iceServers;
    const session = this.#session;
    session?.updateIceServers(iceServers).catch((error: unknown) => {
      // What flows goes on over the relay that it has.
      if (!session.isClosed) console.error('the relays could not be changed', error);
    });
  }

  /**
   * Takes the media path that the server names: the one there is, which then looks for a better way through the
   * network if nothing comes through, or a new one. Null where the server or the browser has none.
   */
  use(routerDevice: RouterDevice | null, transports: SeatTransports | null): void {
    const session = this.#session;
    this.moved();
    if (session && transports && session.uses(transports)) {
      void this.#seekIfSilent(session);
      this.encodeFor(transports.videoCodecs);
    } else this.#rebuild(routerDevice, transports);
    this.publish();
  }

  /** Takes a new path in the place of one that is gone. */
  async renew(routerDevice: RouterDevice | null, { transports, consumers }: MediaPath): Promise<void> {
    this.#rebuild(routerDevice, transports);
    this.publish();
    await this.#replaceAll(consumers);
  }

  /** Takes a new path beside the one that there is, which flows until everybody has come over. */
  async move(routerDevice: RouterDevice | null, path: MediaPath): Promise<void> {
    this.moved();
    const leaving = this.#session;
    if (!leaving || !routerDevice) return this.renew(routerDevice, path);
    clearInterval(this.#seeking);
    this.#successors.close();
    this.#wishes.update([]);
    const { room, socket } = this.#options;
    const session = this.#take(routerDevice, path.transports);
    const transportId = path.transports.recv.id;
    // Who is not heard of has arrived after a while.
    const onArrived = (): void =>
      void socket.request('media:arrived', { transportId }).catch(() => undefined);
    this.#change = new PathChange({ leaving, session, room, onArrived });
    this.publish();
    await this.add(path.consumers);
    this.#change?.watch();
  }

  /** Nothing flows over the path from which everybody has come. */
  moved(): void {
    const change = this.#change;
    if (!change) return;
    this.#change = null;
    change.finish();
    const { room } = this.#options;
    for (const id of room.consumerIds) if (!this.#session?.holds(id)) this.hide(id);
  }

  /** Looks for a better way through the network. What flows goes on meanwhile. */
  seekPath(): void {
    const session = this.#session;
    session?.restartIce().catch((error: unknown) => {
      // Where the way is broken indeed, the transports notice and the path is replaced.
      if (!session.isClosed && !SessionError.from(error).isPassing)
        console.error('no new way was found through the network', error);
    });
  }

  /** What may become of all that this person sends. */
  setFlow(flow: Flow): void {
    this.#flow = flow;
    this.publish();
  }

  /** Makes what is sent match the devices and switches of this person. */
  publish(): void {
    const session = this.#session;
    if (!session) return;
    const { local, audioFirst } = this.#options;
    for (const source of [local.microphone, local.camera]) {
      const outgoing = source.outgoing(this.#flow);
      const isHeld = outgoing.isHeld || (source === local.camera && audioFirst.sending.isClosed);
      if (!outgoing.isLive || isHeld) this.#change?.silence(source.source);
      session.publish(source.source, { ...outgoing, isHeld }).catch((error: unknown) => {
        if (!session.isClosed) console.error(`${source.source} could not be sent`, error);
      });
    }
    const screen = local.screen.outgoing(this.#flow);
    const isHeld = screen.isHeld || audioFirst.sending.isClosed;
    if (!screen.isLive || isHeld) this.#change?.silence('screen');
    session.publish('screen', { ...screen, isHeld }).catch((error: unknown) => {
      if (!session.isClosed) local.screen.refused(error);
    });
  }

  /** The person wants to use little data, or no longer. */
  saveData(): void {
    this.#session?.saveData(this.#options.dataSaver.isOn);
    this.lookAtPlaces();
  }

  /** Nobody watches more of an own picture than this. */
  limit(producerId: string, maxSpatialLayer: number): void {
    this.#session?.limit(producerId, maxSpatialLayer);
  }

  /** The others can be shown own pictures in these codecs from now on. */
  encodeFor(videoCodecs: VideoCodecs): void {
    const session = this.#session;
    session?.encodeFor(videoCodecs).catch((error: unknown) => {
      if (!session.isClosed) console.error('a picture could not be sent in another codec', error);
    });
  }

  /** Consumers for which the server need not wait when this person enters. */
  get ready(): readonly string[] {
    return this.#session?.ready ?? [];
  }

  /** The server lets these flow, as it was asked to. */
  markFlowing(consumerIds: readonly string[]): void {
    this.#session?.markFlowing(consumerIds);
  }

  /** Outside: has the browser negotiate exactly these ahead. Nothing of them is seen or heard yet. */
  async prepareAll(consumers: readonly PeerConsumer[]): Promise<void> {
    this.#isInside = false;
    await this.#replaceAll(consumers);
  }

  /** Puts exactly the tracks of a snapshot into tiles. Old pictures stay until the new ones are there. */
  async showAll({ consumers }: Pick<RoomSnapshot, 'consumers'>): Promise<void> {
    this.#isInside = true;
    await this.#replaceAll(consumers);
  }

  /** Takes tracks that have come to be: into their tiles, or in advance while this person is outside. */
  async add(consumers: readonly PeerConsumer[]): Promise<void> {
    const session = this.#session;
    if (!session) return;
    const incoming = await (this.#isInside ? session.receive(consumers) : session.prepare(consumers));
    if (session !== this.#session) return;
    // Its sender may have stopped since it was negotiated.
    const there = incoming.filter(({ consumer }) => session.holds(consumer.id));
    const place = this.#change ?? this.#options.room;
    for (const one of there) {
      const before = this.#options.room.shownLike(one);
      const isWatched = before !== null && session.holds(before) && !one.consumer.isProducerPaused;
      if (isWatched && this.#isInside) this.#successors.wait(one, before);
      else place.show(one);
    }
    this.lookAtPlaces();
  }

  hide(consumerId: string): void {
    this.#change?.gone(consumerId);
    this.#session?.drop(consumerId);
    if (!this.#successors.gone(consumerId)) this.#options.room.hide(consumerId);
    this.lookAtPlaces();
  }

  /** Asks for what others show in the size in which it is shown here, and for nothing that nobody sees. */
  lookAtPlaces(): void {
    const { peers } = this.#options.room;
    this.#wishes.update(
      peers
        .flatMap(({ pictures }) => pictures)
        .filter(({ consumerId }) => this.#session?.holds(consumerId))
        .map((picture) => ({ ...picture, lines: this.#linesWanted(picture.lines) })),
    );
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
    return this.#session?.stats() ?? [];
  }

  close(): void {
    clearInterval(this.#seeking);
    this.#successors.close();
    this.#wishes.update([]);
    this.#change?.close();
    this.#change = null;
    this.#session?.close();
    this.#session = null;
  }

  async #seekIfSilent(session: MediaSession): Promise<void> {
    const reports = await session.stats().catch(() => []);
    // Where media goes on, only the connection had been lost.
    if (session === this.#session && !(reports.length > 0 && reports.every(isHeardFrom))) this.seekPath();
  }

  #linesWanted(lines: number | null): number | null {
    const { room, audioFirst, dataSaver } = this.#options;
    if (document.hidden || audioFirst.receiving.isClosed) return 0;
    // What is only tried begins with the smallest.
    return lines && (dataSaver.isOn || audioFirst.receiving.isShort)
      ? 1
      : linesToReceive(lines, room.peers.length);
  }

  async #replaceAll(consumers: readonly PeerConsumer[]): Promise<void> {
    const { room } = this.#options;
    const gone = room.consumerIds.filter((id) => !consumers.some((known) => known.id === id));
    const ended = gone.filter((id) => this.#session?.holds(id));
    await this.add(consumers);
    for (const consumerId of ended) this.hide(consumerId);
    if (gone.length === ended.length) return;
    // Of another path: whoever showed it is about to show it over this one, and takes its place then.
    const session = this.#session;
    setTimeout(() => {
      if (session !== this.#session) return;
      for (const id of gone) if (room.consumerIds.includes(id) && !session?.holds(id)) this.hide(id);
    }, STALE_MS);
  }

  #rebuild(routerDevice: RouterDevice | null, transports: SeatTransports | null): void {
    this.close();
    if (routerDevice && transports) this.#take(routerDevice, transports);
  }

  #take({ device, encodable }: RouterDevice, transports: SeatTransports): MediaSession {
    const { socket, dataSaver } = this.#options;
    const session: MediaSession = MediaSession.open({
      device,
      encodable,
      socket,
      transports,
      iceServers: this.#iceServers,
      savesData: dataSaver.isOn,
      onState: (state) => session === this.#session && this.#follow(state),
    });
    return (this.#session = session);
  }

  #follow(state: PathState): void {
    const { onLost, onMended } = this.#options;
    clearInterval(this.#seeking);
    switch (state) {
      case 'interrupted':
        this.#seeking = setInterval(() => this.seekPath(), SEEK_AGAIN_MS);
        return this.seekPath();
      case 'flowing':
        return onMended();
      case 'failed':
        return onLost();
    }
  }
}
