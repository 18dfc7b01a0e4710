import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@careconnect/platform';

/** By then the answer is with whoever asked, and nobody knows which of their next questions comes beside the work. */
const HELD_BACK_MS = { from: 20, to: 120 };

/** Work that an answer must not wait for, yet that a graceful stop must. */
export interface Background {
  /** Starts the work; its failure is logged under `name`. */
  run(name: string, work: () => Promise<void>): void;
  /** The same for what is done for some people and not for others, of which no answer's time may tell: a moment later. */
  runUnseen(name: string, work: () => Promise<void>): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export function createBackground(log: Logger): Background {
  const underWay = new Set<Promise<void>>();

  function run(name: string, work: () => Promise<void>): void {
    const task = work()
      .catch((error: unknown) => log.error({ err: error, work: name }, 'background work failed'))
      .then(() => void underWay.delete(task));
    underWay.add(task);
  }

  return {
    run,
    runUnseen(name, work) {
      run(name, () => sleep(randomInt(HELD_BACK_MS.from, HELD_BACK_MS.to)).then(work));
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
