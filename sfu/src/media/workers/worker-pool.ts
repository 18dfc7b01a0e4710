import type { Logger } from '@careconnect/platform';
import { setTimeout as delay } from 'node:timers/promises';
import { mediaErrors } from '../media-errors.ts';
import { MediaWorker, type RtcOptions } from './media-worker.ts';
import { leastLoaded } from './placement.ts';

export interface WorkerPoolOptions {
  readonly size: number;
  readonly rtc: RtcOptions;
  readonly workerBin?: string | undefined;
  readonly log: Logger;
}

/** How long a new room waits when every worker has just died. */
const PLACE_TIMEOUT_MS = 3_000;
const MAX_RETRY_DELAY_MS = 5_000;

/**
 * The media workers of this process. One that dies is replaced at once, on the same port; its rooms
 * learn of the death from their routers.
 */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #live = new Map<number, MediaWorker>();
  readonly #closing = new AbortController();
  #arrival = Promise.withResolvers<void>();

  /** @throws when a worker cannot be started: a process without media is of no use. */
  static async create(options: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    try {
      await Promise.all(Array.from({ length: options.size }, (_, index) => pool.#start(index)));
      return pool;
    } catch (cause) {
      await pool.close();
      throw new Error(
        `The media worker${options.workerBin ? ` ${options.workerBin}` : ''} does not start. ` +
          'Set MEDIASOUP_WORKER_BIN to a mediasoup-worker that runs on this machine.',
        { cause },
      );
    }
  }

  private constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** Live workers, by index. */
  get workers(): readonly MediaWorker[] {
    return [...this.#live.values()].sort((a, b) => a.index - b.index);
  }

  /** The worker for a new room. Waits for a replacement when none is alive. */
  async place(): Promise<MediaWorker> {
    const deadline = AbortSignal.any([AbortSignal.timeout(PLACE_TIMEOUT_MS), this.#closing.signal]);
    while (!deadline.aborted) {
      const worker = leastLoaded(this.workers);
      if (worker) return worker;
      await Promise.race([this.#arrival.promise, aborted(deadline)]);
    }
    throw mediaErrors.unavailable();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const workers = this.workers;
    this.#live.clear();
    await Promise.all(workers.map((worker) => worker.close()));
  }

  async #start(index: number): Promise<void> {
    const { rtc, workerBin, log } = this.#options;
    const worker = await MediaWorker.create({
      index,
      rtc,
      workerBin,
      onDied: (dead, error) => this.#onDied(dead, error),
    });
    if (this.#closing.signal.aborted) return worker.close();
    this.#live.set(index, worker);
    this.#arrival.resolve();
    this.#arrival = Promise.withResolvers();
    log.info({ worker: index, pid: worker.pid }, 'media worker started');
  }

  #onDied(worker: MediaWorker, error: Error): void {
    this.#live.delete(worker.index);
    if (this.#closing.signal.aborted) return;
    this.#options.log.error({ err: error, worker: worker.index, pid: worker.pid }, 'media worker died');
    void this.#replace(worker.index);
  }

  async #replace(index: number): Promise<void> {
    for (let attempt = 1; !this.#closing.signal.aborted; attempt += 1) {
      try {
        return await this.#start(index);
      } catch (error) {
        this.#options.log.error({ err: error, worker: index, attempt }, 'media worker did not start');
        const delayMs = Math.min(100 * 2 ** attempt, MAX_RETRY_DELAY_MS);
        await delay(delayMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      }
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
