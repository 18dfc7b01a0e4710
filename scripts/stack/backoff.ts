const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;
/** Up for this long, a process counts as healthy and its next death as its first. */
const HEALTHY_AFTER_MS = 10_000;

/** When to start a dead process again: at once the first time, then ever later. */
export class Backoff {
  #deaths = 0;

  /**
   * @param upMs - How long the process was up before it died.
   * @returns Milliseconds to wait.
   */
  nextDelayMs(upMs: number): number {
    if (upMs >= HEALTHY_AFTER_MS) this.#deaths = 0;
    this.#deaths += 1;
    if (this.#deaths === 1) return 0;
    return Math.min(FIRST_DELAY_MS * 2 ** (this.#deaths - 2), LONGEST_DELAY_MS);
  }
}
