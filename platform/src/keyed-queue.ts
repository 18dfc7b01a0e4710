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

  /** Nothing of this key is under way or waits. */
  isIdle(key: string): boolean {
    return !this.#lines.has(key);
  }

  /** Keys with work under way. */
  get size(): number {
    return this.#lines.size;
  }

  #enqueue<T>(key: string, kind: keyof Line, task: () => Promise<T>): Promise<T> {
    const turn = Promise.withResolvers<void>();
    const result = turn.promise.then(task);
    const line = this.#lines.get(key) ?? this.#open(key);
    line[kind].push(async () => {
      turn.resolve();
      // A failed task is its caller's business, not its successor's.
      await result.then(noop, noop);
    });
    return result;
  }

  #open(key: string): Line {
    const line: Line = { tasks: [], patient: [] };
    this.#lines.set(key, line);
    // In a moment, when its first task is in it.
    queueMicrotask(() => void this.#work(key, line));
    return line;
  }

  async #work(key: string, { tasks, patient }: Line): Promise<void> {
    for (let next = tasks.shift() ?? patient.shift(); next; next = tasks.shift() ?? patient.shift()) {
      await next();
    }
    this.#lines.delete(key);
  }
}

function noop(): void {
  // nothing to pass on
}
