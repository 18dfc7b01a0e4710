import type { MediaSource } from '@careconnect/contracts';
import type { types } from 'mediasoup-client';

/** Whoever does not get the successor by then would not get it later, in ms. */
const LEAVES_AFTER_MS = 10_000;

interface Leaving {
  readonly source: MediaSource;
  readonly producer: types.Producer;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * Pictures in the codec of before. They are sent on beside their successors until everyone sees those, so that nobody
 * looks at an empty tile meanwhile.
 */
export class LeavingPictures {
  readonly #leaving = new Map<string, Leaving>();
  readonly #end: (producer: types.Producer) => void;

  constructor(end: (producer: types.Producer) => void) {
    this.#end = end;
  }

  add(source: MediaSource, producer: types.Producer): void {
    const { id } = producer;
    const timer = setTimeout(() => this.end(id), LEAVES_AFTER_MS);
    this.#leaving.set(id, { source, producer, timer });
    producer.observer.once('close', () => {
      clearTimeout(timer);
      this.#leaving.delete(id);
    });
  }

  /** Nobody watches it any more. */
  end(producerId: string): void {
    const leaving = this.#leaving.get(producerId);
    if (leaving) this.#end(leaving.producer);
  }

  /** Whatever is still sent of a source, unless it shows what is meant to be seen. */
  endAll(source: MediaSource, shown: MediaStreamTrack | null): void {
    for (const leaving of this.#leaving.values())
      if (leaving.source === source && leaving.producer.track !== shown) this.#end(leaving.producer);
  }
}
