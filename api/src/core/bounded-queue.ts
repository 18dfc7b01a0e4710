export interface BoundedQueueOptions {
  /** How many works are under way at the same time. */
  readonly atOnce: number;
  /** How many more may wait for their turn. */
  readonly waiting: number;
  /** What one too many is told. */
  readonly refusal: () => Error;
}

/** Lets so much costly work go on at once, so much wait in the order in which it came, and refuses the rest. */
export class BoundedQueue {
  readonly #options: BoundedQueueOptions;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  constructor(options: BoundedQueueOptions) {
    this.#options = options;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#turn();
    try {
      return await work();
    } finally {
      this.#pass();
    }
  }

  #turn(): Promise<void> {
    const { atOnce, waiting, refusal } = this.#options;
    if (this.#underWay < atOnce) {
      this.#underWay += 1;
      return Promise.resolve();
    }
    if (this.#waiting.length >= waiting) return Promise.reject(refusal());
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The turn goes to whoever has waited longest, so that nobody who comes now is faster. */
  #pass(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#underWay -= 1;
  }
}
