import type { MediaSource } from '@careconnect/contracts';
import type { Sent } from './transport-producers.ts';

/** Whoever does not get the successor by then would not get it later, in ms. */
const LEAVES_AFTER_MS = 10_000;

interface Leaving {
  readonly source: MediaSource;
  readonly sent: Sent;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * Pictures in the codec of before. They are sent on beside their successors until everyone sees those, so that nobody
 * looks at an empty tile meanwhile.
 */
export class LeavingPictures {
  readonly #leaving = new Map<string, Leaving>();
  readonly #end: (sent: Sent) => void;

  constructor(end: (sent: Sent) => void) {
    this.#end = end;
  }

  add(source: MediaSource, sent: Sent): void {
    const { producer, producerId } = sent;
    const timer = setTimeout(() => this.end(producerId), LEAVES_AFTER_MS);
    this.#leaving.set(producerId, { source, sent, timer });
    producer.observer.once('close', () => {
      clearTimeout(timer);
      this.#leaving.delete(producerId);
    });
  }

  /** Nobody watches it any more. */
  end(producerId: string): void {
    const leaving = this.#leaving.get(producerId);
    if (leaving) this.#end(leaving.sent);
  }

  /** Whatever is still sent of a source, unless it shows what is meant to be seen. */
  endAll(source: MediaSource, shown: MediaStreamTrack | null): void {
    for (const leaving of this.#leaving.values())
      if (leaving.source === source && leaving.sent.producer.track !== shown) this.#end(leaving.sent);
  }
}
