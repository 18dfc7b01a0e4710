import type { SeatId } from '@careconnect/contracts';

export interface ReturningSeatsOptions {
  readonly isSeated: (seatId: SeatId) => boolean;
  /** Called once for each seat that is expected from now on. */
  readonly onExpected: (seatId: SeatId) => void;
}

/**
 * Who is in the room at the SFU, but has not come back yet from the process that seated them to this one.
 * There is nobody like that unless this process has just started after another was killed.
 */
export class ReturningSeats {
  readonly #options: ReturningSeatsOptions;
  readonly #seatIds = new Set<SeatId>();

  constructor(options: ReturningSeatsOptions) {
    this.#options = options;
  }

  get all(): SeatId[] {
    return [...this.#seatIds];
  }

  has(seatId: SeatId): boolean {
    return this.#seatIds.has(seatId);
  }

  /** Expects those of them who have no seat here. */
  expect(inside: readonly SeatId[]): void {
    for (const seatId of inside) {
      if (this.#options.isSeated(seatId) || this.#seatIds.has(seatId)) continue;
      this.#seatIds.add(seatId);
      this.#options.onExpected(seatId);
    }
  }

  /** They are back, or will not come. Answers whether they were expected. */
  strike(seatId: SeatId): boolean {
    return this.#seatIds.delete(seatId);
  }
}
