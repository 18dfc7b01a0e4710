import type { types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';

/** A frame of the lowest temporal layer, by which the worker chooses, is one of four of 20 to 30 a second. */
const CHOICE = { everyMs: 40, times: 5 };

/** Whether the worker chooses for each viewer, among streams (simulcast) or layers of one (SVC). */
export function isLayered({ type }: Pick<types.Producer, 'type'> | Pick<types.Consumer, 'type'>): boolean {
  return type === 'simulcast' || type === 'svc';
}

/** The worker reports layers with the first keyframe that it forwards, and none while paused. */
export function isWaiting({ closed, paused, producerPaused, currentLayers }: types.Consumer): boolean {
  return !closed && !paused && !producerPaused && currentLayers === undefined;
}

/** The worker chooses whenever other layers are wanted, and only then. What is wanted in the end stays the same. */
export async function rechooseLayers(consumer: types.Consumer): Promise<void> {
  const wanted = consumer.preferredLayers;
  if (!wanted) return;
  const { spatialLayer, temporalLayer = 0 } = wanted;
  const other = { spatialLayer, temporalLayer: temporalLayer === 0 ? 1 : 0 };
  await Promise.all([consumer.setPreferredLayers(other), consumer.setPreferredLayers(wanted)]);
}

/**
 * Has the worker choose until there is something to choose.
 * @param isChosen - whether a keyframe has been asked for since: with a choice the worker does that
 */
export async function untilChosen(consumer: types.Consumer, isChosen: () => boolean): Promise<void> {
  for (let time = 0; time < CHOICE.times; time += 1) {
    await delay(CHOICE.everyMs, undefined, { ref: false });
    if (!isWaiting(consumer) || isChosen()) return;
    await rechooseLayers(consumer);
  }
}

/** Shows the lowest layer, and what was wanted as soon as there is anything. */
export async function settleForLowest(consumer: types.Consumer): Promise<void> {
  const wanted = consumer.preferredLayers;
  if (!wanted || wanted.spatialLayer === 0) return;
  await consumer.setPreferredLayers({ spatialLayer: 0 });
  consumer.once('layerschange', () => {
    // The viewer may have asked for other layers meanwhile, or be gone; then there is nothing to restore.
    if (consumer.closed || consumer.preferredLayers?.spatialLayer !== 0) return;
    consumer.setPreferredLayers(wanted).catch(() => undefined);
  });
}
