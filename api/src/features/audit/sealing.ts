import type { Clock, Logger } from '@careconnect/platform';
import type { Anchoring } from './anchors.ts';
import type { Sealer } from './sealer.ts';

const SEAL_EVERY_MS = 1_000;

export interface SealingDeps {
  readonly sealer: Sealer;
  readonly anchoring: Anchoring;
  readonly anchorEveryMs: number;
  /** Said at the start, for whoever verifies the trail later. */
  readonly publicKey: string;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'info'>;
}

/** Seals the trail for as long as the process runs. */
export interface Sealing {
  start(): void;
  /** Seals what waits once more, and anchors it. */
  stop(): Promise<void>;
  /** Seals all that waits now; answers how many rows. */
  sealNow(): Promise<number>;
  anchorNow(): Promise<void>;
}

export function createSealing(deps: SealingDeps): Sealing {
  const { sealer, anchoring, anchorEveryMs, publicKey, clock, log } = deps;
  let timer: NodeJS.Timeout | null = null;
  let underWay: Promise<void> = Promise.resolve();
  let isStopping = false;
  let isFailing = false;
  let anchoredAt = Number.NEGATIVE_INFINITY;

  async function anchorWhenDue(): Promise<void> {
    const now = clock.now().getTime();
    if (now - anchoredAt < anchorEveryMs) return;
    anchoredAt = now;
    await anchoring.write();
  }

  /** Once said, a failure is not repeated every second. */
  function tell(error: unknown): void {
    if (error !== null && !isFailing) log.warn({ err: error }, 'the trail cannot be sealed');
    if (error === null && isFailing) log.info('the trail is sealed again');
    isFailing = error !== null;
  }

  async function turn(): Promise<void> {
    try {
      await sealer.run(() => !isStopping);
      await anchorWhenDue();
      tell(null);
    } catch (error) {
      tell(error);
    }
    if (!isStopping) timer = setTimeout(next, SEAL_EVERY_MS);
  }

  function next(): void {
    underWay = turn();
  }

  return {
    start() {
      log.info({ publicKey }, 'the trail is sealed');
      next();
    },
    async stop() {
      isStopping = true;
      if (timer) clearTimeout(timer);
      await underWay;
      await sealer.run(() => false);
      await anchoring.write();
    },
    sealNow: () => sealer.run(),
    anchorNow: () => anchoring.write(),
  };
}
