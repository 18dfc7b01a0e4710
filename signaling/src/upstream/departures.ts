import type { VisitId } from '@careconnect/contracts';
import type { SfuNode } from './sfu-node.ts';

interface Departure {
  readonly from: SfuNode;
  readonly timer: NodeJS.Timeout;
  readonly ended: PromiseWithResolvers<void>;
}

export interface DeparturesOptions {
  /** How long a room may stay at its old home, in ms. */
  readonly withinMs: number;
  /** Nothing flows at the old home any more. */
  readonly onEnded: (roomId: VisitId) => void;
}

/** Rooms that have a new home while what flows at the old one flows on, until everyone has come over. */
export class Departures {
  readonly #options: DeparturesOptions;
  readonly #rooms = new Map<VisitId, Departure>();

  constructor(options: DeparturesOptions) {
    this.#options = options;
  }

  /** Resolves when nothing of it is left at its old home. */
  begin(roomId: VisitId, from: SfuNode): Promise<void> {
    const ended = Promise.withResolvers<void>();
    const timer = setTimeout(() => this.end(roomId), this.#options.withinMs);
    this.#rooms.set(roomId, { from, timer, ended });
    return ended.promise;
  }

  /** Everyone has come over, or something else has happened to the room. @param home - where it is from now on, if elsewhere */
  end(roomId: VisitId, home?: SfuNode): void {
    const departure = this.#rooms.get(roomId);
    if (!departure) return;
    this.#rooms.delete(roomId);
    clearTimeout(departure.timer);
    const { from, ended } = departure;
    // Back where it was, its seats are opened anew there.
    const leaving = from === home ? Promise.resolve() : from.release(roomId);
    void leaving.then(() => {
      this.#options.onEnded(roomId);
      ended.resolve();
    });
  }

  /** From now on nobody waits for anything. */
  close(): void {
    for (const { timer, ended } of this.#rooms.values()) {
      clearTimeout(timer);
      ended.resolve();
    }
    this.#rooms.clear();
  }
}
