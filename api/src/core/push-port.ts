import { setTimeout as sleep } from 'node:timers/promises';
import { ERROR_STATUS } from '@careconnect/contracts';
import type { Push } from '@careconnect/contracts/internal';
import { AppError, type Logger } from '@careconnect/platform';
import { takeBatch } from './push-batch.ts';

/** Beyond this, signaling has been away so long that its clients will read the state afresh. */
const MAX_WAITING = 2_000;
const RETRY_DELAYS_MS = [250, 1_000];
/** The answers to what a request holds. To ask again would be to hear the same again. */
const REFUSALS: ReadonlySet<number> = new Set([400, 413]);

export interface PushPort {
  /**
   * Tells connected people what was committed, in the order of the calls. It returns at once and never
   * fails the request: the truth is in the database, and whoever reconnects reads it from there.
   */
  send(pushes: readonly Push[]): void;
  /** Resolves when all that was handed over is delivered or given up. */
  idle(): Promise<void>;
}

/** Takes some to signaling, all of them or none. Rejects when that did not work. */
export type DeliverPushes = (pushes: readonly Push[]) => Promise<void>;

export interface PushPortDeps {
  readonly deliver: DeliverPushes;
  readonly log: Pick<Logger, 'error'>;
}

export function createPushPort({ deliver: attempt, log }: PushPortDeps): PushPort {
  const waiting: Push[] = [];
  let working: Promise<void> = Promise.resolve();
  let isWorking = false;

  async function deliver(pushes: readonly Push[]): Promise<void> {
    for (const delayMs of [...RETRY_DELAYS_MS, null]) {
      try {
        return await attempt(pushes);
      } catch (error) {
        if (isRefusal(error)) return deliverWithoutCulprit(pushes, error);
        if (delayMs === null) log.error({ err: error, count: pushes.length }, 'pushes were not delivered');
        else await sleep(delayMs);
      }
    }
  }

  /** Signaling takes a batch as a whole or not at all, so that here none of it has been told yet. */
  async function deliverWithoutCulprit(pushes: readonly Push[], error: unknown): Promise<void> {
    const [first, ...others] = pushes;
    if (first && others.length === 0) {
      log.error({ err: error, ...described(first) }, 'a push was refused and is lost');
      return;
    }
    for (const push of pushes) await deliver([push]);
  }

  async function drain(): Promise<void> {
    isWorking = true;
    while (waiting.length > 0) await deliver(takeBatch(waiting));
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

function isRefusal(error: unknown): boolean {
  return error instanceof AppError && REFUSALS.has(ERROR_STATUS[error.code]);
}

function described(push: Push): object {
  const { type } = push;
  switch (type) {
    case 'visit.changed':
      return { type, visitId: push.visit.id };
    case 'queue.changed': {
      const { organizationId, practitionerId, entries } = push;
      return { type, organizationId, practitionerId, entryCount: entries.length };
    }
    case 'chat.stored':
      return { type, visitId: push.message.visitId, messageId: push.message.id };
    case 'session.ended':
      return { type, sessionId: push.sessionId };
  }
}
