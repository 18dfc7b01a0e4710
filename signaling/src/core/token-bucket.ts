import type { Clock } from '@careconnect/platform';

export interface BucketSize {
  /** How many may come at once. */
  readonly burst: number;
  /** How many a second may go on coming. */
  readonly perSecond: number;
}

/** Holds `burst` tokens and refills at `perSecond`; who takes the last one waits for the next. */
export class TokenBucket {
  readonly #size: BucketSize;
  readonly #clock: Clock;
  #tokens: number;
  #filledAt: number;

  constructor(size: BucketSize, clock: Clock) {
    this.#size = size;
    this.#clock = clock;
    this.#tokens = size.burst;
    this.#filledAt = clock.now().getTime();
  }

  take(): boolean {
    this.#fill();
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** True when it is as good as a new one. */
  isFull(): boolean {
    this.#fill();
    return this.#tokens >= this.#size.burst;
  }

  #fill(): void {
    const now = this.#clock.now().getTime();
    const seconds = Math.max(0, now - this.#filledAt) / 1000;
    this.#tokens = Math.min(this.#size.burst, this.#tokens + seconds * this.#size.perSecond);
    this.#filledAt = now;
  }
}
