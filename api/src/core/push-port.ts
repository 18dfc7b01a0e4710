import { setTimeout as sleep } from 'node:timers/promises';
import { internalSignalingEndpoints, type Push } from '@careconnect/contracts/internal';
import type { CallService, Logger } from '@careconnect/platform';

const BATCH_SIZE = 100;
/** Beyond this, signaling has been away so long that its clients will read the state afresh. */
const MAX_WAITING = 2_000;
const RETRY_DELAYS_MS = [250, 1_000];

export interface PushPort {
  /**
   * Tells connected people what was committed, in the order of the calls. It returns at once and never
   * fails the request: the truth is in the database, and whoever reconnects reads it from there.
   */
  send(pushes: readonly Push[]): void;
  /** Resolves when all that was handed over is delivered or given up. */
  idle(): Promise<void>;
}

export interface PushPortDeps {
  readonly callService: CallService;
  readonly log: Logger;
}

export function createPushPort({ callService, log }: PushPortDeps): PushPort {
  const waiting: Push[] = [];
  let working: Promise<void> = Promise.resolve();
  let isWorking = false;

  async function deliver(pushes: Push[]): Promise<void> {
    for (const delayMs of [...RETRY_DELAYS_MS, null]) {
      try {
        await callService(internalSignalingEndpoints.push, { body: { pushes } });
        return;
      } catch (error) {
        if (delayMs === null) log.error({ err: error, count: pushes.length }, 'pushes were not delivered');
        else await sleep(delayMs);
      }
    }
  }

  async function drain(): Promise<void> {
    isWorking = true;
    while (waiting.length > 0) await deliver(waiting.splice(0, BATCH_SIZE));
    isWorking = false;
  }

  return {
    send(pushes) {
      waiting.push(...pushes);
      const dropped = waiting.splice(0, waiting.length - MAX_WAITING);
      if (dropped.length > 0) log.error({ count: dropped.length }, 'pushes were dropped');
      if (!isWorking) working = drain();
    },
    idle: () => working,
  };
}
