import type { Logger } from '@careconnect/platform';
import type { types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';

/*
 * A viewer sees nothing before a keyframe. A browser's encoder makes at most one in 300 ms on request,
 * counted over all its simulcast layers, and drops what is asked too early. mediasoup's worker
 * (KeyFrameRequestManager) keeps one request per layer pending and repeats it after 1000 ms, and while it
 * is pending swallows further requests for that layer. So a request that the browser dropped, or the
 * network lost, used to cost the viewer a second.
 *
 * Three things together keep the wait short:
 *
 * 1. KEY_FRAME_SPACING_MS as the producer's keyFrameRequestDelay. After a request the worker holds all
 *    others for that layer until the browser will listen again, and then sends a single one. Joins at the
 *    same moment share it, and none is dropped. 30 ms more than the browser's limit, because requests
 *    may arrive closer together than they were sent.
 * 2. That spacing is per layer while the browser's is not, and it cannot help a lost packet. So whoever
 *    has no picture FIRST_PICTURE_MS after being resumed is helped by asking for the *other* layers,
 *    which have nothing pending: the browser answers a request for any layer with a keyframe in all.
 * 3. Who still has none after the same time again waits for a layer that does not come: its sender is
 *    short of bandwidth, which the worker notices only after 1500 ms. They get the lowest layer first,
 *    and what they wanted as soon as it is there.
 */
export const KEY_FRAME_SPACING_MS = 330;
const FIRST_PICTURE_MS = 350;

export interface KeyFrames {
  /** Watches over a consumer that should show a picture from now on. */
  expectPicture(consumer: types.Consumer): void;
}

/** Keyframe care for one router; `transport` is any direct transport on it. */
export function createKeyFrames(
  transport: types.DirectTransport,
  rtpCapabilities: types.RtpCapabilities,
  log: Logger,
): KeyFrames {
  const recentlyAsked = new Set<string>();

  return {
    expectPicture(consumer) {
      if (consumer.type !== 'simulcast') return;
      watch(consumer).catch((error: unknown) => log.debug({ err: error }, 'keyframe not asked for'));
    },
  };

  async function watch(consumer: types.Consumer): Promise<void> {
    await delay(FIRST_PICTURE_MS, undefined, { ref: false });
    if (!isWaiting(consumer)) return;
    await askEveryLayer(consumer.producerId);
    await delay(FIRST_PICTURE_MS, undefined, { ref: false });
    if (!isWaiting(consumer)) return;
    await settleForLowest(consumer);
    await askEveryLayer(consumer.producerId);
  }

  /**
   * A consumer that takes all layers asks for each of them the moment it exists; the worker drops the
   * requests that are pending already. It is closed at once, so no packet to speak of reaches Node.
   */
  async function askEveryLayer(producerId: string): Promise<void> {
    if (recentlyAsked.has(producerId)) return;
    recentlyAsked.add(producerId);
    setTimeout(() => recentlyAsked.delete(producerId), KEY_FRAME_SPACING_MS).unref();
    const asker = await transport.consume({ producerId, rtpCapabilities, pipe: true });
    asker.close();
  }
}

/** The worker reports layers with the first keyframe that it forwards, and none while paused. */
function isWaiting({ closed, paused, producerPaused, currentLayers }: types.Consumer): boolean {
  return !closed && !paused && !producerPaused && currentLayers === undefined;
}

async function settleForLowest(consumer: types.Consumer): Promise<void> {
  const wanted = consumer.preferredLayers;
  if (!wanted || wanted.spatialLayer === 0) return;
  await consumer.setPreferredLayers({ spatialLayer: 0 });
  consumer.once('layerschange', () => {
    // The viewer may have asked for other layers meanwhile, or be gone; then there is nothing to restore.
    if (consumer.closed || consumer.preferredLayers?.spatialLayer !== 0) return;
    consumer.setPreferredLayers(wanted).catch(() => undefined);
  });
}
