/*
 * What a worker is asked of every seat again and again, it is asked of all at once: to wake this process and the worker for
 * a single question costs several times what the question does, and there are as many questions as seats. (96 transports
 * asked for their counters every 2 s: about 0.5 ms of CPU each when spread over the time, 0.03 ms in one go.)
 */
export const BEAT_MS = 350;

/** The moments at which a worker is asked. There are some only while somebody waits for one. */
export interface Beat {
  /**
   * Resolves with the next one that all who wait share, but not sooner than half a beat from now: then with the one after.
   * @param beats - how many of them to wait for
   */
  next(beats?: number): Promise<void>;
}

interface Upcoming {
  readonly atMs: number;
  readonly passed: Promise<void>;
}

export function createBeat(): Beat {
  let upcoming: Upcoming | null = null;

  function begin(): Upcoming {
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(() => {
      upcoming = null;
      resolve();
    }, BEAT_MS).unref();
    return { atMs: performance.now() + BEAT_MS, passed: promise };
  }

  return {
    async next(beats = 1) {
      if (upcoming && upcoming.atMs - performance.now() < BEAT_MS / 2) await upcoming.passed;
      for (let beat = 0; beat < beats; beat++) await (upcoming ??= begin()).passed;
    },
  };
}
