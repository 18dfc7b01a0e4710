import { setTimeout as sleep } from 'node:timers/promises';
import { probeListener } from '@careconnect/platform';

/** From its death on. A process in reserve takes its place within half a second, one that starts anew within two. */
const PATIENCE_MS = 3_000;
const LOOK_EVERY_MS = 20;

export interface ReturnWatchOptions {
  /** How long after its death others wait for it. */
  readonly patienceMs?: number | undefined;
  /** Looks whether it is there. */
  readonly probe?: typeof probeListener | undefined;
}

/** Waits for a process that starts again, so that whoever comes meanwhile need not come again. */
export class ReturnWatch {
  readonly #url: string;
  readonly #patienceMs: number;
  readonly #probe: typeof probeListener;
  #awaySince: number | null = null;
  #looking: Promise<void> | null = null;

  constructor(url: string, { patienceMs = PATIENCE_MS, probe = probeListener }: ReturnWatchOptions = {}) {
    this.#url = url;
    this.#patienceMs = patienceMs;
    this.#probe = probe;
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
    while ((await this.#probe(this.#url)) === 'refused') {
      this.#awaySince ??= performance.now();
      if (performance.now() - this.#awaySince > this.#patienceMs) return;
      await sleep(LOOK_EVERY_MS);
    }
    this.#awaySince = null;
  }
}
