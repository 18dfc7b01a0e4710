import type { Logger } from '@careconnect/platform';

/** Whoever starts at the same time, or is being replaced, is there by then; also on a machine that is busy. */
const PATIENCE_MS = 15_000;

export interface AbsenceWords {
  /** It does not answer yet. */
  readonly awaited: string;
  /** It has not answered for so long that somebody should look. */
  readonly missing: string;
}

/** Tells of somebody who does not answer: in a word that they are awaited, and with the reason when that takes too long. */
export class AbsenceLog {
  readonly #log: Logger;
  readonly #words: AbsenceWords;
  #since: number | null = null;
  #isMissing = false;

  constructor(log: Logger, words: AbsenceWords) {
    this.#log = log;
    this.#words = words;
  }

  /** To be called at every failure. */
  failed(error: unknown, about: object): void {
    const now = performance.now();
    if (this.#since === null) {
      this.#since = now;
      return this.#log.info(about, this.#words.awaited);
    }
    if (this.#isMissing || now - this.#since < PATIENCE_MS) return;
    this.#isMissing = true;
    this.#log.warn({ ...about, err: error }, this.#words.missing);
  }

  answered(): void {
    this.#since = null;
    this.#isMissing = false;
  }
}
