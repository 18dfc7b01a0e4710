/** How many seconds' worth beyond what is allowed has what consequence; one follows the other. */
const HELD_BACK_AFTER_S = 5;
const FLOODED_AFTER_S = 10;
/** However mighty a flood was, after as long without it nothing is left of it. */
export const MADE_GOOD_AFTER_S = 60;

/** `within` what is allowed; `held-back`: far beyond it, nobody is to be shown any of it; `flooded`: it went on. */
export type SendingState = 'within' | 'held-back' | 'flooded';

/** What has arrived since the last one, and until when by the workers' clock, which is the same for all of this machine. */
export interface Arrival {
  readonly bytes: number;
  readonly atMs: number;
}

/**
 * What somebody has sent beyond what they are allowed, less what they have left unused since: in seconds' worth of it.
 * Whoever stays below has none, however their packets are spread; of any flood, steady or in bursts, as much as ten
 * seconds of what is allowed gets in at the most, and the mightier it is the sooner it ends. Time counts once, through
 * however many transports they send.
 */
export class Overdraft {
  #seconds = 0;
  #state: SendingState = 'within';
  #countedToMs: number | null = null;

  get state(): SendingState {
    return this.#state;
  }

  count({ bytes, atMs }: Arrival, allowedBitrate: number): void {
    const before = this.#countedToMs ?? atMs;
    this.#countedToMs = Math.max(before, atMs);
    const elapsed = (this.#countedToMs - before) / 1_000;
    const overdrawn = this.#seconds + (bytes * 8) / allowedBitrate - elapsed;
    this.#seconds = Math.min(MADE_GOOD_AFTER_S, Math.max(0, overdrawn));
    this.#state = nextState(this.#state, this.#seconds);
  }
}

function nextState(before: SendingState, overdrawnSeconds: number): SendingState {
  if (overdrawnSeconds > FLOODED_AFTER_S) return 'flooded';
  if (overdrawnSeconds === 0) return 'within';
  // Not before all of it has been made good for: else somebody could go on at the brink.
  if (before !== 'within') return before;
  return overdrawnSeconds > HELD_BACK_AFTER_S ? 'held-back' : 'within';
}
