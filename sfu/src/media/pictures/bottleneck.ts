import type { Bottleneck } from '@careconnect/contracts';
import type { types } from 'mediasoup';
import { isLayered, isWaiting } from './layer-choice.ts';
import { isSvcSilent } from './liveness.ts';
import type { Standstill } from './standstill.ts';

/** A keyframe that is asked for again is there by then (`key-frames.ts`). */
const VIEWER_AFTER_MS = 1_500;
/** Besides the 0.7 s after which a camera stands still, or the worker's 1.5 s for other senders, who may be switching cameras. */
const SENDER_AFTER_MS = 1_500;

/**
 * Why a picture that is meant to flow to a viewer does not. Where the way to the viewer is too narrow for even the
 * smallest layer, the worker lets the consumer have none; sound is not its business, and has all there is. It goes on
 * trying how much the way carries (`room-search.ts`), and chooses a layer as soon as there is room for one.
 */
export class BottleneckWatch {
  readonly #consumer: types.Consumer;
  readonly #standstill: Standstill;
  #timer: NodeJS.Timeout | undefined;
  #expected: Bottleneck | null = null;
  #bottleneck: Bottleneck | null = null;
  /** Told of every change. */
  onChanged: (bottleneck: Bottleneck | null) => void = () => {};

  constructor(consumer: types.Consumer, standstill: Standstill) {
    this.#consumer = consumer;
    this.#standstill = standstill;
    // Only of these the worker tells whether they have a layer.
    if (!isLayered(consumer)) return;
    const look = (): void => this.#look();
    consumer.observer.on('layerschange', look);
    consumer.observer.on('score', look);
    consumer.observer.on('pause', look);
    consumer.observer.on('resume', look);
    consumer.on('producerpause', look);
    consumer.on('producerresume', look);
    standstill.onChanged(look, consumer);
    consumer.observer.once('close', () => clearTimeout(this.#timer));
  }

  get bottleneck(): Bottleneck | null {
    return this.#bottleneck;
  }

  #look(): void {
    const now = bottleneckOf(this.#consumer, this.#standstill);
    if (now === this.#expected) return;
    this.#expected = now;
    clearTimeout(this.#timer);
    if (now === null) return this.#set(null);
    this.#timer = setTimeout(
      () => void this.#tell(now),
      now === 'viewer' ? VIEWER_AFTER_MS : SENDER_AFTER_MS,
    );
  }

  async #tell(expected: Bottleneck): Promise<void> {
    const now = expected === 'viewer' && (await this.#isSenderSilent()) ? 'sender' : expected;
    if (this.#expected === expected && !this.#consumer.closed) this.#set(now);
  }

  /** Of one stream with all layers the worker never says so, but it does count what comes of it. */
  async #isSenderSilent(): Promise<boolean> {
    return this.#consumer.type === 'svc' && isSvcSilent(this.#consumer);
  }

  #set(bottleneck: Bottleneck | null): void {
    if (this.#bottleneck === bottleneck) return;
    this.#bottleneck = bottleneck;
    this.onChanged(bottleneck);
  }
}

function bottleneckOf(consumer: types.Consumer, { isStill }: Standstill): Bottleneck | null {
  if (isStill) return consumer.closed || consumer.paused ? null : 'sender';
  if (!isWaiting(consumer)) return null;
  const { producerScores } = consumer.score;
  // Of a sender who has not begun there are no scores.
  if (producerScores.length === 0) return null;
  return producerScores.some((score) => score > 0) ? 'viewer' : 'sender';
}
