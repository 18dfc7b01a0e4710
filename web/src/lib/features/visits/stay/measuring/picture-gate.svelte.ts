/** What a reading of the statistics says of pictures in one direction; null where none were to come. */
export type PictureVerdict = 'carried' | 'short' | null;

/** One odd reading is no news: two in a row are. */
const SHORT_READINGS = 2;
/** For so many readings pictures rest, longer each time that the connection turns out not to carry them yet. */
const REST_READINGS = [2, 4, 8, 12];

/**
 * Lets pictures of one direction through while the connection carries them beside the sound. When it does not, they
 * rest: what is left of them would only take its packets from the sound. Nobody can tell from sound alone how much
 * more there is room for, so they are let through again after a while to see.
 */
export class PictureGate {
  isClosed = $state(false);
  /** They rest, or are only being tried. */
  isShort = $state(false);
  readonly #onChange: () => void;
  #short = 0;
  #resting = 0;
  #rests = 0;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Takes one reading. */
  take(verdict: PictureVerdict): void {
    if (this.isClosed) this.#rest();
    else if (verdict !== 'short') this.reset();
    else if (++this.#short >= SHORT_READINGS) this.#close();
  }

  /** All is well, or begins anew. */
  reset(): void {
    this.#short = this.#rests = 0;
    this.isShort = false;
    this.#set(false);
  }

  #close(): void {
    this.#resting = REST_READINGS[Math.min(this.#rests, REST_READINGS.length - 1)] ?? 0;
    this.#rests += 1;
    this.#short = 0;
    this.isShort = true;
    this.#set(true);
  }

  #rest(): void {
    this.#resting -= 1;
    if (this.#resting <= 0) this.#set(false);
  }

  #set(isClosed: boolean): void {
    if (this.isClosed === isClosed) return;
    this.isClosed = isClosed;
    this.#onChange();
  }
}
