/** How many seconds' worth beyond what is allowed has what consequence; one follows the other. */
const HELD_BACK_AFTER_S = 5;
const FLOODED_AFTER_S = 10;

/** `within` what is allowed; `held-back`: far beyond it, nobody is to be shown any of it; `flooded`: it went on. */
export type SendingState = 'within' | 'held-back' | 'flooded';

/**
 * What somebody has sent beyond what they are allowed, less what they have left unused since. Whoever stays below has
 * none, however their packets are spread; of any flood, steady or in bursts, as much as ten seconds of what is allowed
 * gets in at the most, and the mightier it is the sooner it ends.
 */
export class Overdraft {
  #bits = 0;
  #state: SendingState = 'within';

  count(bytes: number, seconds: number, allowedBitrate: number): SendingState {
    this.#bits = Math.max(0, this.#bits + bytes * 8 - allowedBitrate * seconds);
    this.#state = nextState(this.#state, this.#bits / allowedBitrate);
    return this.#state;
  }
}

function nextState(before: SendingState, overdrawnSeconds: number): SendingState {
  if (before === 'flooded' || overdrawnSeconds > FLOODED_AFTER_S) return 'flooded';
  if (overdrawnSeconds > HELD_BACK_AFTER_S) return 'held-back';
  // Not before all of it has been made good for: else somebody could go on at the brink.
  return overdrawnSeconds > 0 ? before : 'within';
}
