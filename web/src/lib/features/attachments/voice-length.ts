export interface VoiceTimes {
  /** As the browser tells: no number before it has looked, and endless for what it has recorded itself. */
  readonly measuredS: number;
  /** As the device told on which it was recorded. */
  readonly knownMs: number | null;
  /** How far it has been played. */
  readonly atS: number;
}

/** How long a voice note is, in seconds; never shorter than what has been heard of it. */
export function lengthOf({ measuredS, knownMs, atS }: VoiceTimes): number {
  const told = Number.isFinite(measuredS) ? measuredS : (knownMs ?? 0) / 1_000;
  // A slider with no length cannot be moved.
  return Math.max(told, atS, 0.1);
}
