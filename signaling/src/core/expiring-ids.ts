import type { Clock } from '@careconnect/platform';

const SWEEP_EVERY_MS = 10_000;

/** Remembers ids, each for as long as it matters. */
export class ExpiringIds {
  readonly #expiryById = new Map<string, number>();
  readonly #clock: Clock;
  #sweepAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** False when it was known already. */
  add(id: string, expiresAtMs: number): boolean {
    this.#sweep();
    if (this.#expiryById.has(id)) return false;
    this.#expiryById.set(id, expiresAtMs);
    return true;
  }

  has(id: string): boolean {
    return this.#expiryById.has(id);
  }

  get size(): number {
    return this.#expiryById.size;
  }

  #sweep(): void {
    const now = this.#clock.now().getTime();
    if (now < this.#sweepAt) return;
    this.#sweepAt = now + SWEEP_EVERY_MS;
    for (const [id, expiresAt] of this.#expiryById) if (expiresAt < now) this.#expiryById.delete(id);
  }
}
