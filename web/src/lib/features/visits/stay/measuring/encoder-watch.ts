import { statsOf, type StatTypes } from './stats.ts';

interface Reading {
  readonly at: number;
  readonly streamId: string;
  readonly shortOfCpuMs: number;
}

/** What else a computer does for a moment is no reason. */
const WINDOW_MS = 10_000;
/** Most of the time. */
const TOO_MUCH_MS = 6_000;

/**
 * Finds out that a processor is too slow for VP9 after all: for most of ten seconds the browser has sent fewer lines or
 * frames than it might, for want of processor time. Told once, for another try would cost people their picture again.
 */
export class EncoderWatch {
  readonly #onTooSlow: () => void;
  #readings: readonly Reading[] = [];
  #isTold = false;

  constructor(onTooSlow: () => void) {
    this.#onTooSlow = onTooSlow;
  }

  /** @param at - on a clock that only goes forward, in ms */
  take(reports: readonly RTCStatsReport[] | null, at: number): void {
    const now = reports && readVp9(reports, at);
    if (!now || this.#isTold) return void (this.#readings = []);
    const before = this.#readings.filter(({ streamId }) => streamId === now.streamId);
    // Of those that are old enough the youngest, from which the time is counted.
    const first = before.findLastIndex((reading) => at - reading.at >= WINDOW_MS);
    this.#readings = [...before.slice(Math.max(first, 0)), now];
    const since = before[first];
    if (!since) return;
    const share = (now.shortOfCpuMs - since.shortOfCpuMs) / (at - since.at);
    if (share < TOO_MUCH_MS / WINDOW_MS) return;
    this.#isTold = true;
    this.#onTooSlow();
  }
}

/** Null where nothing is sent in VP9. */
function readVp9(reports: readonly RTCStatsReport[], at: number): Reading | null {
  for (const report of reports) {
    const isVp9 = ({ kind, codecId = '' }: StatTypes['outbound-rtp']): boolean =>
      kind === 'video' &&
      (report.get(codecId) as { mimeType?: string } | undefined)?.mimeType === 'video/VP9';
    const picture = statsOf([report], 'outbound-rtp').find(isVp9);
    if (!picture) continue;
    return {
      at,
      streamId: picture.id,
      shortOfCpuMs: 1_000 * (picture.qualityLimitationDurations?.['cpu'] ?? 0),
    };
  }
  return null;
}
