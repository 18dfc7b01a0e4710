/**
 * Runs tasks of one key strictly one after the other and tasks of different keys side by side, so that
 * two messages about one room can never interleave.
 */
export class KeyedQueue {
  readonly #tails = new Map<string, Promise<unknown>>();

  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const previous = this.#tails.get(key) ?? Promise.resolve();
    const result = previous.then(task, task);
    // The tail never rejects: a failed task is its caller's business, not its successor's.
    const tail = result.then(noop, noop).then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
    this.#tails.set(key, tail);
    return result;
  }

  /** Keys with work under way. */
  get size(): number {
    return this.#tails.size;
  }
}

function noop(): void {
  // nothing to pass on
}
