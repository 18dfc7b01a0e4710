import { QUALITY_MAX_PERIOD_MS, QUALITY_PERIOD_MS, type QualityMeasures } from '@careconnect/contracts';
import { readCounters, type MediaCounters } from './media-counters.ts';
import { measurePeriod, type Expected } from './quality-measures.ts';

/** One reading of a page's statistics. */
export interface Reading {
  readonly reports: readonly RTCStatsReport[];
  /** On a clock that only goes forward, in ms. */
  readonly at: number;
  readonly expected: Expected;
  readonly isHidden: boolean;
}

/** Readings come when the browser has time, so a period may end a little early. */
const TOLERANCE_MS = QUALITY_PERIOD_MS / 10;

/** Turns readings into periods. */
export class QualitySampler {
  #counters: MediaCounters | null = null;
  #at = 0;
  /** Somebody was to be heard, or seen, at every reading of the period. */
  #expected: Expected = { audio: true, video: true };
  #wasHidden = false;

  /** What has been measured, when this reading ends a period. */
  take({ reports, at, expected, isHidden }: Reading): QualityMeasures | null {
    const { audio, video } = this.#expected;
    this.#expected = { audio: audio && expected.audio, video: video && expected.video };
    this.#wasHidden ||= isHidden;
    const before = this.#counters;
    const durationMs = at - this.#at;
    if (before && durationMs < QUALITY_PERIOD_MS - TOLERANCE_MS) return null;
    const now = readCounters(reports);
    const period = { durationMs, expected: this.#expected, isHidden: this.#wasHidden };
    this.#begin(now, at, expected, isHidden);
    // A device that slept has nothing to tell of the time.
    return before && durationMs <= QUALITY_MAX_PERIOD_MS ? measurePeriod({ ...period, before, now }) : null;
  }

  /** There was nothing to read, so the next reading has nothing to be compared with. */
  restart(): void {
    this.#counters = null;
  }

  #begin(counters: MediaCounters, at: number, expected: Expected, isHidden: boolean): void {
    this.#counters = counters;
    this.#at = at;
    this.#expected = expected;
    this.#wasHidden = isHidden;
  }
}
