import {
  QUALITY_MAX_AGE_MS,
  QUALITY_MAX_KEPT,
  type QualityMeasures,
  type QualityReport,
} from '@careconnect/contracts';
import { RequestError } from '../seat/request-error.ts';

export interface QualityOutboxOptions {
  readonly send: (reports: QualityReport[]) => Promise<unknown>;
  /** On a clock that only goes forward, in ms. */
  readonly now: () => number;
}

interface Kept {
  readonly reportId: string;
  readonly endedAt: number;
  readonly measures: QualityMeasures;
}

/**
 * What has been measured and not told yet. The bad minutes are those in which nothing can be sent, so they are
 * kept, the newest of them, and told with their own age as soon as the server is there again.
 */
export class QualityOutbox {
  readonly #options: QualityOutboxOptions;
  #kept: readonly Kept[] = [];
  #isSending = false;

  constructor(options: QualityOutboxOptions) {
    this.#options = options;
  }

  /** Takes the period that has just ended, and tells all that there is. */
  async add(measures: QualityMeasures): Promise<void> {
    const ended = { reportId: crypto.randomUUID(), endedAt: this.#options.now(), measures };
    this.#kept = [...this.#kept, ended].slice(-QUALITY_MAX_KEPT);
    await this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    const told = this.#young();
    try {
      await this.#options.send(told.map((kept) => this.#toReport(kept)));
      this.#drop(told);
    } catch (error) {
      const { code, isPassing } = RequestError.from(error);
      // Whoever is let back in tells it then; what the server will not have, it will never have.
      if (!isPassing && code !== 'NOT_IN_ROOM') this.#drop(told);
    } finally {
      this.#isSending = false;
    }
  }

  #young(): readonly Kept[] {
    const oldest = this.#options.now() - QUALITY_MAX_AGE_MS;
    return this.#kept.filter(({ endedAt }) => endedAt > oldest);
  }

  #drop(told: readonly Kept[]): void {
    this.#kept = this.#kept.filter((kept) => !told.includes(kept));
  }

  #toReport({ reportId, endedAt, measures }: Kept): QualityReport {
    return { reportId, ageMs: Math.max(0, Math.round(this.#options.now() - endedAt)), measures };
  }
}
