import { setTimeout as sleep } from 'node:timers/promises';
import { probeListener } from '@careconnect/platform';

/** From its death on. A process in reserve takes its place within half a second, one that starts anew within two. */
const PATIENCE_MS = 3_000;
const LOOK_EVERY_MS = 20;

/** Waits for a process that starts again, so that whoever comes meanwhile need not come again. */
export class ReturnWatch {
  readonly #url: string;
  readonly #patienceMs: number;
  #awaySince: number | null = null;
  #looking: Promise<void> | null = null;

  constructor(url: string, patienceMs = PATIENCE_MS) {
    this.#url = url;
    this.#patienceMs = patienceMs;
  }

  /** It refused a connection when it was asked last. */
  get isAway(): boolean {
    return this.#awaySince !== null;
  }

  /** Resolves when the process listens, or has been away for so long that whoever waits should be told. */
  async untilThere(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = null));
    await this.#looking;
  }

  async #look(): Promise<void> {
    while ((await probeListener(this.#url)) === 'refused') {
      this.#awaySince ??= performance.now();
      if (performance.now() - this.#awaySince > this.#patienceMs) return;
      await sleep(LOOK_EVERY_MS);
    }
    this.#awaySince = null;
  }
}
