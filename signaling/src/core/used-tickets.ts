import type { Clock } from '@careconnect/platform';

/** Remembers which tickets have been used, for as long as they could be used again. */
export class UsedTickets {
  readonly #expiryById = new Map<string, number>();
  readonly #clock: Clock;
  #sweepAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** False when this ticket has been used before. `expiresAtMs` is when verification refuses it anyway. */
  use(jti: string, expiresAtMs: number): boolean {
    this.#sweep();
    if (this.#expiryById.has(jti)) return false;
    this.#expiryById.set(jti, expiresAtMs);
    return true;
  }

  get size(): number {
    return this.#expiryById.size;
  }

  #sweep(): void {
    const now = this.#clock.now().getTime();
    if (now < this.#sweepAt) return;
    this.#sweepAt = now + SWEEP_EVERY_MS;
    for (const [jti, expiresAt] of this.#expiryById) if (expiresAt < now) this.#expiryById.delete(jti);
  }
}

const SWEEP_EVERY_MS = 10_000;
