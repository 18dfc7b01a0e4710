import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@careconnect/platform';

/**
 * By then the answer is with whoever asked: what is done for some people and not for others shows in nobody's time,
 * and not in that of the next question either, for nobody knows when it is done.
 */
const HELD_BACK_MS = { from: 20, to: 120 };

/** Work that an answer must not wait for, yet that a graceful stop must. */
export interface Background {
  /** Starts the work, a moment after the answer; its failure is logged under `name`. */
  run(name: string, work: () => Promise<void>): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export function createBackground(log: Logger): Background {
  const underWay = new Set<Promise<void>>();
  return {
    run(name, work) {
      const task = sleep(randomInt(HELD_BACK_MS.from, HELD_BACK_MS.to))
        .then(work)
        .catch((error: unknown) => log.error({ err: error, work: name }, 'background work failed'))
        .then(() => void underWay.delete(task));
      underWay.add(task);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
