/*
 * What is looked at of every seat again and again is looked at together: to wake this process and a worker for a single
 * question costs several times what the question does, and there are as many questions as seats. (96 transports asked for
 * their counters every 2 s: about 0.5 ms of CPU each when spread over the time, 0.03 ms in one go.)
 */
export const BEAT_MS = 350;

interface Beat {
  readonly atMs: number;
  readonly passed: Promise<void>;
}

let next: Beat | null = null;

/**
 * Resolves with the next of the beats that all of this process share, but not sooner than half a beat from now: then with
 * the one after. There are beats only while somebody waits for one.
 */
export async function untilBeat(): Promise<void> {
  if (next && next.atMs - performance.now() < BEAT_MS / 2) await next.passed;
  next ??= newBeat();
  await next.passed;
}

export async function untilBeats(count: number): Promise<void> {
  for (let beat = 0; beat < count; beat++) await untilBeat();
}

function newBeat(): Beat {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(() => {
    next = null;
    resolve();
  }, BEAT_MS).unref();
  return { atMs: performance.now() + BEAT_MS, passed: promise };
}
