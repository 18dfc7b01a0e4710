import type { SeatId } from '@careconnect/contracts';
import type { SeatConsumer } from '@careconnect/contracts/internal';

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

  /** Expects those whose tracks these are, or who watch them, without having a seat here. */
  expectFrom(consumers: readonly SeatConsumer[]): void {
    for (const seatId of consumers.flatMap((consumer) => [consumer.seatId, consumer.producerSeatId])) {
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
