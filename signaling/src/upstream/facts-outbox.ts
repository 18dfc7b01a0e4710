import { randomUUID } from 'node:crypto';
import type { Fact, SeatFact, SeatKey } from '@careconnect/contracts/internal';
import type { Clock, Logger } from '@careconnect/platform';

export type FactType = SeatFact['type'];

/** Where rooms tell what has happened; it reaches api in order, each fact once. */
export interface FactsPort {
  add(type: FactType, seat: SeatKey): void;
}

export interface FactsOutbox extends FactsPort {
  /** To be called once and first: whoever the process before this one had connected is gone. */
  begin(): void;
  /** Facts that api has not confirmed yet. */
  readonly size: number;
  /** Sends what is left for at most `STOP_MS`, then gives up. */
  stop(): Promise<void>;
}

export interface FactsOutboxOptions {
  readonly send: (facts: Fact[]) => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
  /** How many facts may wait; beyond it the oldest are dropped. */
  readonly capacity?: number;
  readonly minBackoffMs?: number;
  readonly maxBackoffMs?: number;
}

const MAX_BATCH = 200;
const STOP_MS = 3_000;
const LAST_ATTEMPTS_MS = 100;

/** Sends facts in batches and repeats a batch, with growing pauses, until it is stored. */
export function createFactsOutbox({
  send,
  clock,
  log,
  capacity = 10_000,
  minBackoffMs = 100,
  maxBackoffMs = 5_000,
}: FactsOutboxOptions): FactsOutbox {
  const waiting: Fact[] = [];
  let inFlight = 0;
  let draining: Promise<void> | null = null;
  let giveUpAt = Infinity;
  let isStopping = false;
  let endPause = (): void => undefined;

  async function drain(): Promise<void> {
    // One turn of the loop later, so that facts of one moment travel together.
    await new Promise((resolve) => setImmediate(resolve));
    for (let failures = 0; waiting.length > 0;) {
      const batch = waiting.splice(0, MAX_BATCH);
      inFlight = batch.length;
      const isStored = await attempt(batch);
      inFlight = 0;
      failures = isStored ? 0 : failures + 1;
      if (isStored) continue;
      waiting.unshift(...batch);
      if (clock.now().getTime() >= giveUpAt) return;
      await pause(failures);
    }
  }

  async function attempt(batch: Fact[]): Promise<boolean> {
    try {
      await send(batch);
      return true;
    } catch (error) {
      log.warn({ err: error, facts: batch.length }, 'facts are not stored yet');
      return false;
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

  function put(fact: Fact): void {
    waiting.push(fact);
    if (waiting.length > capacity) {
      waiting.shift();
      log.error({ capacity }, 'too many facts are waiting, the oldest is lost');
    }
    start();
  }

  function stamp() {
    return { idempotencyKey: randomUUID(), at: clock.now().toISOString() };
  }

  return {
    begin: () => put({ type: 'signaling.started', ...stamp() }),
    add: (type, { organizationId, visitId, seatId }) =>
      put({ type, ...stamp(), organizationId, visitId, seatId }),
    get size() {
      return waiting.length + inFlight;
    },
    async stop() {
      giveUpAt = clock.now().getTime() + STOP_MS;
      isStopping = true;
      endPause();
      await draining;
      if (waiting.length > 0) log.error({ facts: waiting.length }, 'facts were not stored before the stop');
    },
  };
}
