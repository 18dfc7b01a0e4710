import type { UserId } from '@careconnect/contracts';
import { BoundedQueue } from './bounded-queue.ts';
import { tooMany } from './rate-limit.ts';

/** As many as a browser opens to one address; less than there are connections to the database. */
export const AT_ONCE = 6;
/** Of several pages that come back together. */
const WAITING = 100;
const RETRY_AFTER_MS = 1_000;

interface Share {
  readonly queue: BoundedQueue;
  works: number;
}

/**
 * Lets so much work of one person go on at once, in however many sessions. Limits count requests over a minute, and all
 * of them in one moment would take every connection to the database.
 */
export class FairShare {
  readonly #shares = new Map<UserId, Share>();
  readonly #factor: number;

  /** @param factor - multiplies what everyone may have, for load tests */
  constructor(factor: number) {
    this.#factor = factor;
  }

  /** How many people have work under way. */
  get size(): number {
    return this.#shares.size;
  }

  /** Errors: RATE_LIMITED, for somebody of whom a hundred wait already. */
  async run<T>(person: UserId | null, work: () => Promise<T>): Promise<T> {
    if (person === null) return work();
    const share = this.#shares.get(person) ?? { queue: this.#open(), works: 0 };
    this.#shares.set(person, share);
    share.works += 1;
    try {
      return await share.queue.run(work);
    } finally {
      share.works -= 1;
      if (share.works === 0) this.#shares.delete(person);
    }
  }

  #open(): BoundedQueue {
    return new BoundedQueue({
      atOnce: Math.ceil(AT_ONCE * this.#factor),
      waiting: Math.ceil(WAITING * this.#factor),
      refusal: () => tooMany(RETRY_AFTER_MS),
    });
  }
}
