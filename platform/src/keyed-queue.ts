interface Line {
  readonly tasks: (() => Promise<void>)[];
  readonly patient: (() => Promise<void>)[];
}

/**
 * Runs tasks of one key strictly one after the other and tasks of different keys side by side, so that
 * two messages about one room can never interleave.
 */
export class KeyedQueue {
  readonly #lines = new Map<string, Line>();

  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    return this.#enqueue(key, 'tasks', task);
  }

  /** As {@link run}, but lets everything else in the line go first, also what comes later. */
  runPatiently<T>(key: string, task: () => Promise<T>): Promise<T> {
    return this.#enqueue(key, 'patient', task);
  }

  /** Keys with work under way. */
  get size(): number {
    return this.#lines.size;
  }

  #enqueue<T>(key: string, kind: keyof Line, task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      // A failed task is its caller's business, not its successor's.
      const step = async (): Promise<void> => {
        try {
          // Never within the caller's own step.
          await Promise.resolve();
          resolve(await task());
        } catch (error) {
          reject(error);
        }
      };
      const line = this.#lines.get(key);
      if (line) {
        line[kind].push(step);
        return;
      }
      const opened: Line = { tasks: [], patient: [] };
      opened[kind].push(step);
      this.#lines.set(key, opened);
      void this.#work(key, opened);
    });
  }

  async #work(key: string, { tasks, patient }: Line): Promise<void> {
    for (let next = tasks.shift() ?? patient.shift(); next; next = tasks.shift() ?? patient.shift()) {
      await next();
    }
    this.#lines.delete(key);
  }
}
