import type { SeatId } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';

/** Long enough that it is no way to go on, short enough for somebody whose device was only broken. */
const STAY_OUT_MS = 5 * 60_000;

/** Who has flooded a visit, and has to stay out of it for a while. */
export class ExpelledSeats {
  readonly #clock: Clock;
  readonly #until = new Map<SeatId, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(seatId: SeatId): void {
    const now = this.#clock.now().getTime();
    for (const [id, until] of this.#until) if (until <= now) this.#until.delete(id);
    this.#until.set(seatId, now + STAY_OUT_MS);
  }

  has(seatId: SeatId): boolean {
    return (this.#until.get(seatId) ?? 0) > this.#clock.now().getTime();
  }
}
