import { media, mediaErrors } from './media-errors.ts';
import type { MediaWorker } from './media-worker.ts';
import { RoomPart } from './room-part.ts';

/**
 * A worker is one thread and carries about 500 consumers (mediasoup's documentation, "Scalability"). Six seats of a full
 * visit of twelve watch eleven others with camera and microphone: 132 consumers, a quarter of that, so that those who
 * share the worker feel nothing of it. A visit of up to six stays on one worker.
 */
export const SEATS_ON_A_WORKER = 6;

/** The worker for another part; null when all that there are have one. */
export type FindWorker = (used: readonly MediaWorker[]) => MediaWorker | null;

/** The parts of one room, at least one and each on a worker of its own. */
export class RoomParts {
  readonly #findWorker: FindWorker;
  readonly #parts: RoomPart[] = [];
  #growing: Promise<void> | null = null;
  #isClosed = false;
  /** The worker under one of them has died. */
  onLost = (): void => undefined;

  static async create(worker: MediaWorker, findWorker: FindWorker): Promise<RoomParts> {
    const parts = new RoomParts(findWorker);
    await parts.#add(worker);
    return parts;
  }

  private constructor(findWorker: FindWorker) {
    this.#findWorker = findWorker;
  }

  /** The part for a seat, which counts there from now on: the one it has been on, or any with room. */
  async place(known?: RoomPart): Promise<RoomPart> {
    while (!known && this.#isFull && this.#nextWorker) await this.#grow();
    const part = known ?? this.#parts.find(hasRoom) ?? this.#leastSeats;
    if (this.#isClosed || !part) throw mediaErrors.unavailable();
    part.take();
    return part;
  }

  /** Where the room has begun. */
  get first(): RoomPart {
    const [first] = this.#parts;
    if (!first) throw mediaErrors.unavailable();
    return first;
  }

  close(): void {
    this.#isClosed = true;
    for (const part of this.#parts) part.close();
  }

  get #isFull(): boolean {
    return !this.#isClosed && !this.#parts.some(hasRoom);
  }

  get #nextWorker(): MediaWorker | null {
    return this.#findWorker(this.#parts.map(({ worker }) => worker));
  }

  get #leastSeats(): RoomPart | undefined {
    return this.#parts.toSorted((a, b) => a.seatCount - b.seatCount)[0];
  }

  /** Those who need another part at the same moment get the same one. */
  #grow(): Promise<void> {
    this.#growing ??= this.#addAnother().finally(() => (this.#growing = null));
    return this.#growing;
  }

  async #addAnother(): Promise<void> {
    const worker = this.#nextWorker;
    if (worker) await this.#add(worker);
  }

  async #add(worker: MediaWorker): Promise<void> {
    const part = await media('the room', () => RoomPart.create(worker));
    if (this.#isClosed) return part.close();
    this.#parts.push(part);
    part.router.once('workerclose', () => this.onLost());
  }
}

function hasRoom({ seatCount }: RoomPart): boolean {
  return seatCount < SEATS_ON_A_WORKER;
}
