import type { Clock, Logger } from '@careconnect/platform';
import { AbsenceLog } from '../core/absence-log.ts';

/** Items on their way to api, in order. */
export interface Outbox<Item> {
  put(item: Item): void;
  /** Items that api has not confirmed yet. */
  readonly size: number;
  /** The one that has waited longest. */
  readonly oldest: Item | null;
  /** Goes on sending what is left, but begins no further attempt after three seconds. */
  stop(): Promise<void>;
}

export interface OutboxOptions<Item> {
  /** What the items are called in the log. */
  readonly name: string;
  readonly send: (items: Item[]) => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
  /** How many may wait; beyond it the oldest are dropped. */
  readonly capacity: number;
  /** How many travel together. */
  readonly maxBatch: number;
  /**
   * Whether api has looked at a batch and will not have it. Of items that may be lost, the one in the way is looked for in
   * ever smaller batches, and dropped. Left out, a batch is repeated until it is stored: of these none may be lost.
   */
  readonly isRefusal?: (error: unknown) => boolean;
  readonly minBackoffMs?: number;
  readonly maxBackoffMs?: number;
}

const STOP_MS = 3_000;
const LAST_ATTEMPTS_MS = 100;

type Fate = 'stored' | 'away' | 'refused';

/** Sends items in batches and repeats a batch, with growing pauses, until it is stored. */
export function createOutbox<Item>({
  name,
  send,
  clock,
  log,
  capacity,
  maxBatch,
  isRefusal = () => false,
  minBackoffMs = 100,
  maxBackoffMs = 5_000,
}: OutboxOptions<Item>): Outbox<Item> {
  const absence = new AbsenceLog(log, {
    awaited: `${name} wait for api`,
    missing: `${name} are not stored yet`,
  });
  const waiting: Item[] = [];
  let inFlight: readonly Item[] = [];
  let draining: Promise<void> | null = null;
  let giveUpAt = Infinity;
  let isStopping = false;
  let endPause = (): void => undefined;

  async function drain(): Promise<void> {
    // One turn of the event loop later, so that what is put at the same moment travels in one batch.
    await new Promise((resolve) => setImmediate(resolve));
    let size = maxBatch;
    for (let failures = 0; waiting.length > 0;) {
      const batch = waiting.splice(0, size);
      inFlight = batch;
      const fate = await attempt(batch);
      inFlight = [];
      failures = fate === 'stored' ? 0 : failures + 1;
      size = fate === 'refused' ? Math.ceil(batch.length / 2) : maxBatch;
      if (fate === 'stored') continue;
      if (fate === 'refused' && batch.length === 1) log.error(`one of the ${name} is refused, and lost`);
      else waiting.unshift(...batch);
      if (clock.now().getTime() >= giveUpAt) return;
      await pause(failures);
    }
  }

  async function attempt(batch: Item[]): Promise<Fate> {
    try {
      await send(batch);
      absence.answered();
      return 'stored';
    } catch (error) {
      const about = { count: batch.length };
      if (isRefusal(error)) {
        log.warn({ ...about, err: error }, `${name} are refused`);
        return 'refused';
      }
      absence.failed(error, about);
      return 'away';
    }
  }

  async function pause(failures: number): Promise<void> {
    const backoffMs = Math.min(maxBackoffMs, minBackoffMs * 2 ** Math.min(failures - 1, 10));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, isStopping ? LAST_ATTEMPTS_MS : backoffMs);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function start(): void {
    draining ??= drain().finally(() => {
      draining = null;
      if (waiting.length > 0 && !isStopping) start();
    });
  }

  return {
    put(item) {
      waiting.push(item);
      if (waiting.length > capacity) {
        waiting.shift();
        log.error({ capacity }, `too many ${name} are waiting, the oldest is lost`);
      }
      start();
    },
    get size() {
      return waiting.length + inFlight.length;
    },
    get oldest() {
      return inFlight[0] ?? waiting[0] ?? null;
    },
    async stop() {
      giveUpAt = clock.now().getTime() + STOP_MS;
      isStopping = true;
      endPause();
      await draining;
      if (waiting.length > 0) log.error({ count: waiting.length }, `${name} were not stored before the stop`);
    },
  };
}
