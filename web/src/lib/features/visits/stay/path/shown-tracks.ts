import type { PeerConsumer, RoomSnapshot } from '@careconnect/contracts';
import type { DataSaver } from '../devices/data-saver.svelte.ts';
import { linesToReceive } from '../encoding/simulcast.ts';
import type { AudioFirst } from '../measuring/audio-first.svelte.ts';
import { PictureWishes } from '../receiving/picture-wishes.ts';
import type { Room } from '../receiving/room.svelte.ts';
import { Successors } from '../receiving/successors.ts';
import type { SeatSocket } from '../seat/seat-connection.ts';
import type { PathChange } from './path-change.ts';
import type { SeatPath } from './seat-path.ts';

export interface ShownTracksOptions {
  readonly socket: SeatSocket;
  readonly room: Room;
  /** Which pictures the connection carries. */
  readonly audioFirst: Pick<AudioFirst, 'receiving'>;
  readonly dataSaver: Pick<DataSaver, 'isOn'>;
  readonly path: Pick<SeatPath, 'current'>;
  /** While another path takes the place of one that still flows. */
  readonly change: () => PathChange | null;
}

/**
 * How long what someone has shown over a path that is gone stays on the screen, waiting for the same over the new
 * one, in ms. Longer than anything takes that comes back by itself.
 */
const STALE_MS = 5_000;

/** What others send: received over the media path of the moment, put into their tiles, and asked for as large as it is seen. */
export class ShownTracks {
  readonly #options: ShownTracksOptions;
  readonly #wishes: PictureWishes;
  readonly #successors: Successors;
  #isInside = false;

  constructor(options: ShownTracksOptions) {
    this.#options = options;
    this.#wishes = new PictureWishes(options.socket);
    this.#successors = new Successors({ ...options, onShown: () => this.lookAtPlaces() });
  }

  /** Outside: has the browser negotiate exactly these ahead. Nothing of them is seen or heard yet. */
  async prepareAll(consumers: readonly PeerConsumer[]): Promise<void> {
    this.#isInside = false;
    await this.replaceAll(consumers);
  }

  /** Puts exactly the tracks of a snapshot into tiles. Old pictures stay until the new ones are there. */
  async showAll({ consumers }: Pick<RoomSnapshot, 'consumers'>): Promise<void> {
    this.#isInside = true;
    await this.replaceAll(consumers);
  }

  /** Takes exactly these, where this person is now. */
  async replaceAll(consumers: readonly PeerConsumer[]): Promise<void> {
    const { room, path } = this.#options;
    const gone = room.consumerIds.filter((id) => !consumers.some((known) => known.id === id));
    const ended = gone.filter((id) => path.current?.holds(id));
    await this.add(consumers);
    for (const consumerId of ended) this.hide(consumerId);
    if (gone.length === ended.length) return;
    // Of another path: whoever showed it is about to show it over this one, and takes its place then.
    const { current } = path;
    setTimeout(() => {
      if (current !== path.current) return;
      for (const id of gone) if (room.consumerIds.includes(id) && !current?.holds(id)) this.hide(id);
    }, STALE_MS);
  }

  /** Takes tracks that have come to be: into their tiles, or in advance while this person is outside. */
  async add(consumers: readonly PeerConsumer[]): Promise<void> {
    const { room, path, change } = this.#options;
    const { current } = path;
    if (!current) return;
    const incoming = await (this.#isInside ? current.receive(consumers) : current.prepare(consumers));
    if (current !== path.current) return;
    // Its sender may have stopped since it was negotiated.
    const there = incoming.filter(({ consumer }) => current.holds(consumer.id));
    const place = change() ?? room;
    for (const one of there) {
      const before = room.shownLike(one);
      const isWatched = before !== null && current.holds(before) && !one.consumer.isProducerPaused;
      if (isWatched && this.#isInside) this.#successors.wait(one, before);
      else place.show(one);
    }
    this.lookAtPlaces();
  }

  hide(consumerId: string): void {
    const { room, path, change } = this.#options;
    change()?.gone(consumerId);
    path.current?.drop(consumerId);
    if (!this.#successors.gone(consumerId)) room.hide(consumerId);
    this.lookAtPlaces();
  }

  /** Nothing is shown any more that has come over another path than that of the moment. */
  hideOthers(): void {
    const { room, path } = this.#options;
    for (const id of room.consumerIds) if (!path.current?.holds(id)) this.hide(id);
  }

  /** Asks for what others show in the size in which it is shown here, and for nothing that nobody sees. */
  lookAtPlaces(): void {
    const { room, path } = this.#options;
    this.#wishes.update(
      room.peers
        .flatMap(({ pictures }) => pictures)
        .filter(({ consumerId }) => path.current?.holds(consumerId))
        .map((picture) => ({ ...picture, lines: this.#linesWanted(picture.lines) })),
    );
  }

  /** What was asked for over a path, and was to come over it, ends with it; what is shown stays until there is other. */
  leavePath(): void {
    this.#successors.close();
    this.#wishes.update([]);
  }

  #linesWanted(lines: number | null): number | null {
    const { room, audioFirst, dataSaver } = this.#options;
    if (document.hidden || audioFirst.receiving.isClosed) return 0;
    // What is only tried begins with the smallest.
    return lines && (dataSaver.isOn || audioFirst.receiving.isShort)
      ? 1
      : linesToReceive(lines, room.peers.length);
  }
}
