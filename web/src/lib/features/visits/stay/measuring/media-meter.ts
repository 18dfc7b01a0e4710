import type { QualityReport } from '@careconnect/contracts';
import type { Expected } from './quality-measures.ts';
import { QualityOutbox } from './quality-outbox.ts';
import { QualitySampler } from './quality-sampler.ts';
import { withoutScreens } from './without-screens.ts';

/** Who else looks at the readings, of faces and voices and of all; null when there is no media path to read. */
export type ReadingListener = (
  people: readonly RTCStatsReport[] | null,
  all: readonly RTCStatsReport[] | null,
) => void;

export interface MediaMeterOptions {
  readonly read: () => Promise<RTCStatsReport[]>;
  readonly expected: () => Expected;
  /** Ids of tracks that show a screen, which say nothing of how well people see each other. */
  readonly screens: () => ReadonlySet<string>;
  readonly send: (reports: QualityReport[]) => Promise<unknown>;
}

/** Two readings make one period. */
const READ_EVERY_MS = 2_500;

/** Reads the statistics of the running media once for all who want to know: the server, and the page itself. */
export class MediaMeter {
  readonly #options: MediaMeterOptions;
  readonly #sampler = new QualitySampler();
  readonly #outbox: QualityOutbox;

  constructor(options: MediaMeterOptions) {
    this.#options = options;
    this.#outbox = new QualityOutbox({ send: options.send, now: () => performance.now() });
  }

  /** @returns what stops it */
  start(listener: ReadingListener): () => void {
    const timer = setInterval(() => void this.#read(listener), READ_EVERY_MS);
    return () => {
      clearInterval(timer);
      this.#sampler.restart();
    };
  }

  async #read(listener: ReadingListener): Promise<void> {
    const all = await this.#options.read().catch(() => null);
    const reports = all && withoutScreens(all, this.#options.screens());
    listener(reports, all);
    // A media path that is being replaced has nothing to tell; the next one starts from nothing.
    if (!reports) return this.#sampler.restart();
    const measures = this.#sampler.take({
      reports,
      at: performance.now(),
      expected: this.#options.expected(),
      isHidden: document.hidden,
    });
    if (measures) await this.#outbox.add(measures);
  }
}
