import type { SeatId } from '@careconnect/contracts';

/** Whoever has the floor keeps it for so long, in ms: tiles that move more often cannot be followed. */
const KEPT_MS = 2_000;

/**
 * Whom a group looks at. It goes to whoever speaks, at once or when the last change was long enough ago, and stays with
 * them through silence.
 */
export class Floor {
  holder = $state<SeatId | null>(null);
  #next: SeatId | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** They speak now, and whoever did is not the loudest any more. */
  heard(seatId: SeatId): void {
    this.#next = seatId;
    if (this.#timer === null) this.#give();
  }

  leave(seatId: SeatId): void {
    if (this.#next === seatId) this.#next = null;
    if (this.holder === seatId) this.holder = null;
  }

  #give(): void {
    const next = this.#next;
    if (next === null || next === this.holder) return;
    this.holder = next;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#give();
    }, KEPT_MS);
  }
}
