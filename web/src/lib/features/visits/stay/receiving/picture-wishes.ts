import { layerForLines } from '../encoding/simulcast.ts';
import type { SeatSocket } from '../seat/seat-connection.ts';

/** A picture that this page receives, and how large it is shown. */
export interface ShownPicture {
  readonly consumerId: string;
  /** In how many sizes its sender may send it. */
  readonly layers: number;
  /** 0: nobody can see it. Null: not known yet. */
  readonly lines: number | null;
}

interface Wish {
  readonly spatialLayer: number;
  readonly isPaused: boolean;
}

/** Who looks elsewhere for a moment finds the picture running. */
const UNSEEN_FOR_MS = 2_000;

/** Has the server send pictures as large as they are shown, and none that nobody sees. Sound always flows. */
export class PictureWishes {
  readonly #socket: Pick<SeatSocket, 'request'>;
  readonly #asked = new Map<string, Wish>();
  readonly #unseen = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(socket: Pick<SeatSocket, 'request'>) {
    this.#socket = socket;
  }

  /** Takes all that is shown now. */
  update(pictures: readonly ShownPicture[]): void {
    for (const id of [...this.#asked.keys(), ...this.#unseen.keys()])
      if (!pictures.some(({ consumerId }) => consumerId === id)) this.forget(id);
    for (const picture of pictures) {
      if (picture.lines === null) continue;
      if (picture.lines === 0) this.#pauseSoon(picture);
      else this.#show(picture, picture.lines);
    }
  }

  /** The server begins with the best of every picture, and none paused. */
  forget(consumerId: string): void {
    this.#asked.delete(consumerId);
    clearTimeout(this.#unseen.get(consumerId));
    this.#unseen.delete(consumerId);
  }

  #show(picture: ShownPicture, lines: number): void {
    clearTimeout(this.#unseen.get(picture.consumerId));
    this.#unseen.delete(picture.consumerId);
    this.#ask(picture, { spatialLayer: layerForLines(lines, picture.layers), isPaused: false });
  }

  #pauseSoon(picture: ShownPicture): void {
    if (this.#unseen.has(picture.consumerId)) return;
    const timer = setTimeout(
      () => this.#ask(picture, { ...this.#askedOf(picture), isPaused: true }),
      UNSEEN_FOR_MS,
    );
    this.#unseen.set(picture.consumerId, timer);
  }

  #ask(picture: ShownPicture, wish: Wish): void {
    const { consumerId } = picture;
    const asked = this.#askedOf(picture);
    this.#asked.set(consumerId, wish);
    this.#tell(consumerId, asked, wish).catch(() => {
      // Asked for again with the next change of what is shown; a new connection brings the picture running.
      if (this.#asked.get(consumerId) === wish) this.#asked.set(consumerId, asked);
    });
  }

  async #tell(consumerId: string, asked: Wish, { spatialLayer, isPaused }: Wish): Promise<void> {
    if (asked.spatialLayer !== spatialLayer)
      await this.#socket.request('consumer:set-layers', { consumerId, layers: { spatialLayer } });
    if (asked.isPaused !== isPaused)
      await this.#socket.request('consumer:set-paused', { consumerIds: [consumerId], paused: isPaused });
  }

  #askedOf({ consumerId, layers }: ShownPicture): Wish {
    return this.#asked.get(consumerId) ?? { spatialLayer: layers - 1, isPaused: false };
  }
}
