import type { Clock } from '@careconnect/platform';
import { createRequestLimiter, type RequestLimiter, type RequestLimits } from './request-limiter.ts';

const SWEEP_EVERY_MS = 10_000;

/**
 * The limiters of everyone who has been here lately, by who they are and not by connection: coming back
 * with another one gives nobody a new share.
 */
export class RequestLimiters {
  readonly #limits: RequestLimits;
  readonly #clock: Clock;
  readonly #byPerson = new Map<string, RequestLimiter>();
  #sweepAt = 0;

  constructor(limits: RequestLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** How many are remembered: those whose share is not whole again. */
  get size(): number {
    return this.#byPerson.size;
  }

  /** The one limiter of a person, for any of their connections. */
  of(person: string): Pick<RequestLimiter, 'allows' | 'isFlooded'> {
    return {
      allows: (event) => this.#find(person).allows(event),
      isFlooded: () => this.#find(person).isFlooded(),
    };
  }

  #find(person: string): RequestLimiter {
    this.#sweep();
    const limiter = this.#byPerson.get(person) ?? createRequestLimiter(this.#limits, this.#clock);
    this.#byPerson.set(person, limiter);
    return limiter;
  }

  #sweep(): void {
    const now = this.#clock.now().getTime();
    if (now < this.#sweepAt) return;
    this.#sweepAt = now + SWEEP_EVERY_MS;
    for (const [person, limiter] of this.#byPerson) if (limiter.isWhole()) this.#byPerson.delete(person);
  }
}
