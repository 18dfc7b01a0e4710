import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface TimedQuestion {
  readonly url: string;
  /** JSON. */
  readonly body: string;
}

/** Somebody who asks from elsewhere, and times the answers. One question at a time. */
export interface Stopwatch {
  /** @returns ms until the whole answer was there */
  time(question: TimedQuestion): Promise<number>;
  stop(): Promise<unknown>;
}

export function createStopwatch(): Stopwatch {
  const worker = new Worker(new URL('./stopwatch.worker.ts', import.meta.url));
  return {
    async time(question) {
      worker.postMessage(question);
      const [elapsedMs] = (await once(worker, 'message')) as [number];
      return elapsedMs;
    },
    stop: () => worker.terminate(),
  };
}
