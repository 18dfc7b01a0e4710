/** What a browser counts of a picture that it sends; DOM's types lack some of it. */
type Stat = RTCStats & {
  readonly kind?: string;
  readonly codecId?: string;
  readonly mimeType?: string;
  /** Seconds since the stream began, by what kept it from being better (webrtc-stats). */
  readonly qualityLimitationDurations?: Readonly<Partial<Record<string, number>>>;
};

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
  for (const report of reports)
    for (const {
      type,
      id,
      kind,
      codecId = '',
      qualityLimitationDurations,
    } of report.values() as Iterable<Stat>) {
      if (type !== 'outbound-rtp' || kind !== 'video') continue;
      if ((report.get(codecId) as Stat | undefined)?.mimeType !== 'video/VP9') continue;
      return { at, streamId: id, shortOfCpuMs: 1_000 * (qualityLimitationDurations?.['cpu'] ?? 0) };
    }
  return null;
}
