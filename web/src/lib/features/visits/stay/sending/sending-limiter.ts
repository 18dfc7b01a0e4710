import { limitSending } from '../encoding/sending-limits.ts';
import type { Sent } from './transport-producers.ts';

const ALL_LAYERS = Infinity;

/** Holds each producer to what anyone watches of it, and all of them to what the person wants to spend. */
export class SendingLimiter {
  /** By producer: the highest layer that anyone watches. */
  readonly #watched = new Map<string, number>();
  #savesData: boolean;
  #limiting = Promise.resolve();

  constructor(savesData: boolean) {
    this.#savesData = savesData;
  }

  get savesData(): boolean {
    return this.#savesData;
  }

  set savesData(savesData: boolean) {
    this.#savesData = savesData;
  }

  /** Nobody watches more of it than this layer. It may be said before the producer is known here. */
  watched(producerId: string, maxSpatialLayer: number): void {
    this.#watched.set(producerId, maxSpatialLayer);
  }

  /** Limits what has just begun to be sent, where anything is said about it. */
  begin(sent: Sent): void {
    const isScreen = sent.producer.appData['source'] === 'screen';
    if (this.#savesData || isScreen || this.#watched.has(sent.producerId)) this.apply(sent);
  }

  /** One at a time, for a sender takes no change before it has taken the one before; the last word holds. */
  apply({ producer, producerId }: Sent): void {
    this.#limiting = this.#limiting.then(async () => {
      const maxSpatialLayer = this.#watched.get(producerId) ?? ALL_LAYERS;
      await limitSending(producer, { maxSpatialLayer, savesData: this.#savesData });
    });
  }
}
