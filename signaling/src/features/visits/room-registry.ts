import type { OrganizationId, SeatId, Visit, VisitId } from '@careconnect/contracts';
import { KeyedQueue, type Logger } from '@careconnect/platform';
import type { VisitHomes } from '../../cluster/visit-homes.ts';
import { visitErrors } from './visit-errors.ts';
import { VisitRoom, type VisitRoomDeps } from './visit-room.ts';

export interface RoomRegistryDeps extends Omit<VisitRoomDeps, 'giveUpLater' | 'mendLater'> {
  /** How long a seat is kept for someone whose connection broke. */
  readonly graceMs: number;
  readonly homes: VisitHomes;
}

/** How long whoever lacks media waits before it is asked for again. */
const MEND_AFTER_MS = 1_000;

/** The live visits of this process, each with its own turn-taking. */
export class RoomRegistry {
  readonly #rooms = new Map<VisitId, VisitRoom>();
  readonly #turns = new KeyedQueue();
  readonly #deps: VisitRoomDeps;
  readonly #log: Logger;
  readonly #graceMs: number;
  readonly #homes: VisitHomes;
  #isStopping = false;

  constructor({ graceMs, homes, ...deps }: RoomRegistryDeps) {
    this.#graceMs = graceMs;
    this.#homes = homes;
    this.#deps = {
      ...deps,
      giveUpLater: (room, seatId) => this.#giveUpLater(room, seatId),
      mendLater: (room) => this.#mendLater(room),
    };
    this.#log = deps.log;
  }

  get all(): VisitRoom[] {
    return [...this.#rooms.values()];
  }

  find(visitId: VisitId): VisitRoom | null {
    return this.#rooms.get(visitId) ?? null;
  }

  /**
   * Seats somebody in a visit that this process serves from now on. While nobody can say who serves it, it goes on
   * with visits that it knows. Errors: UPSTREAM_UNAVAILABLE. Only inside the visit's turn.
   */
  async serve(visitId: VisitId, seat: () => Promise<void>): Promise<void> {
    await this.#claim(visitId);
    try {
      await seat();
    } finally {
      if (!this.#rooms.has(visitId)) await this.#release(visitId);
    }
  }

  async #claim(visitId: VisitId): Promise<void> {
    const elsewhere = await this.#homes.claim(visitId).catch((error: unknown) => {
      this.#log.warn({ err: error, visitId }, 'nobody knows which process serves a visit');
      return this.#rooms.has(visitId) ? null : 'unknown';
    });
    if (elsewhere !== null) throw visitErrors.servedElsewhere();
  }

  /** Other processes may have taken visits of this one, which they had reason to think dead. Theirs they are then. */
  reclaim(): void {
    for (const { id } of this.all) {
      this.within(id, async (room) => {
        if ((await this.#homes.claim(id)) === null) return;
        this.#log.warn({ visitId: id }, 'another process serves the visit by now');
        this.#rooms.delete(id);
        room.yield();
      });
    }
  }

  /** The room of a visit, opened when this is its first seat. Only inside the visit's turn. */
  open(organizationId: OrganizationId, visit: Visit): VisitRoom {
    const room = this.#rooms.get(visit.id) ?? new VisitRoom(organizationId, visit, this.#deps);
    this.#rooms.set(visit.id, room);
    return room;
  }

  /** Runs a task after all earlier ones of the visit, and closes the room when it has left it empty. */
  run<T>(visitId: VisitId, task: () => Promise<T>): Promise<T> {
    return this.#turns.run(visitId, () => this.#take(visitId, task));
  }

  /**
   * As {@link run}, for someone who arrives: those who are here go first. Seating someone takes a question
   * to api and new media, and when many come at once nobody's press of "Join" may wait behind them all.
   */
  runArrival<T>(visitId: VisitId, task: () => Promise<T>): Promise<T> {
    return this.#turns.runPatiently(visitId, () => this.#take(visitId, task));
  }

  /** Puts a task about a live room in line; nothing happens when the room is gone by then. */
  within(visitId: VisitId, task: (room: VisitRoom) => Promise<void> | void): void {
    this.#logFailure(
      visitId,
      this.run(visitId, () => this.#visit(visitId, task)),
    );
  }

  /**
   * As {@link within}, for what is only told: it neither waits nor lets anybody go. At once where nothing is under way,
   * for a waiting room of hundreds hears of every change in it.
   */
  tell(visitId: VisitId, task: (room: VisitRoom) => void): void {
    if (!this.#turns.isIdle(visitId)) return this.within(visitId, task);
    const room = this.find(visitId);
    try {
      if (room) task(room);
    } catch (error) {
      this.#log.error({ err: error, visitId }, 'a visit was not told');
    }
  }

  /** As {@link within}, but behind all who arrive: for what takes a seat from someone who stays away. */
  withinLast(visitId: VisitId, task: (room: VisitRoom) => Promise<void>): void {
    this.#logFailure(
      visitId,
      this.runArrival(visitId, () => this.#visit(visitId, task)),
    );
  }

  /** Runs chat of one visit in order, beside its other turns: words never wait for media. */
  runChat<T>(visitId: VisitId, task: () => Promise<T>): Promise<T> {
    return this.#turns.run(`${visitId} chat`, task);
  }

  /** Lets every room go. Media stays: visits go on while this process is replaced by another. */
  async close(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.all.map((room) => this.run(room.id, async () => room.abandon())));
  }

  async #visit(visitId: VisitId, task: (room: VisitRoom) => Promise<void> | void): Promise<void> {
    const room = this.find(visitId);
    if (room) await task(room);
  }

  #logFailure(visitId: VisitId, work: Promise<void>): void {
    work.catch((error: unknown) => this.#log.error({ err: error, visitId }, 'a task of a visit failed'));
  }

  async #take<T>(visitId: VisitId, task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } finally {
      await this.#closeIfEmpty(visitId);
    }
  }

  #giveUpLater(room: VisitRoom, seatId: SeatId): void {
    setTimeout(() => {
      this.withinLast(room.id, async (live) => {
        if (live === room) await live.giveUp(seatId);
      });
    }, this.#graceMs).unref();
  }

  #mendLater(room: VisitRoom): void {
    setTimeout(() => {
      this.within(room.id, async (live) => {
        if (live === room) await live.tracks.mend();
      });
    }, MEND_AFTER_MS).unref();
  }

  async #closeIfEmpty(visitId: VisitId): Promise<void> {
    const room = this.#rooms.get(visitId);
    if (room?.seats.size !== 0) return;
    this.#rooms.delete(visitId);
    await this.#release(visitId);
    if (!room.isOver && !this.#isStopping) await this.#deps.media.closeRoom(visitId);
  }

  async #release(visitId: VisitId): Promise<void> {
    await this.#homes.release(visitId).catch((error: unknown) => {
      this.#log.warn({ err: error, visitId }, 'a visit stays claimed by this process');
    });
  }
}
