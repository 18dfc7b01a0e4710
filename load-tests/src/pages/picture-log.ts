/** Without a new picture for this long, a video stands still. */
const STILL_AFTER_MS = 500;

export interface PictureGap {
  readonly lengthMs: number;
  /** From when on pictures came again, in ms after the instant that was asked about; 0 when they came all the time. */
  readonly endedAfterMs: number;
}

/** When a page has got a new picture of the other person to show, in ms since 1970, oldest first. */
export class PictureLog {
  readonly #gotAt: number[] = [];

  add(gotAt: number): void {
    this.#gotAt.push(gotAt);
  }

  /** Pictures have come for at least `lengthMs`, and come still. */
  isRunning(now: number, lengthMs: number): boolean {
    const recent = this.#gotAt.filter((at) => at >= now - lengthMs);
    const stamps = [now - lengthMs, ...recent, now];
    return stamps.every((at, index) => index === 0 || at - (stamps[index - 1] ?? at) < STILL_AFTER_MS);
  }

  /** The longest time without a picture that was not over at `since`. Null when no picture has come since then. */
  longestGap(since: number): PictureGap | null {
    const gaps = this.#gotAt.flatMap((endsAt, index) => {
      const beginsAt = this.#gotAt[index - 1];
      return beginsAt !== undefined && endsAt > since ? [{ beginsAt, endsAt }] : [];
    });
    const [first, ...others] = gaps;
    if (!first) return null;
    const longest = others.reduce(
      (gap, other) => (other.endsAt - other.beginsAt > gap.endsAt - gap.beginsAt ? other : gap),
      first,
    );
    return { lengthMs: longest.endsAt - longest.beginsAt, endedAfterMs: longest.endsAt - since };
  }
}
