import type { Logger } from '@careconnect/platform';
import type { types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';
import { createBrowserModel, type BrowserModel } from './key-frame-model.ts';

/*
 * A viewer sees nothing before a keyframe. A browser's encoder makes at most one in 300 ms on request,
 * counted over all its simulcast layers, and drops what is asked too early. mediasoup's worker
 * (KeyFrameRequestManager) keeps one request per layer pending and repeats it after 1000 ms, and while it
 * is pending swallows further requests for that layer. So a request that the browser dropped, or the
 * network lost, would cost the viewer a second.
 *
 * Three things together keep the wait short:
 *
 * 1. KEY_FRAME_SPACING_MS as the producer's keyFrameRequestDelay. After a request the worker holds all
 *    others for that layer until the browser will listen again, and then sends a single one. Joins at the
 *    same moment share it. 50 ms more than the browser's limit, because requests may arrive closer
 *    together than they were sent.
 * 2. That spacing is per layer while the browser's is not. Whoever is resumed and has got no picture when
 *    the browser listens again, though nothing was asked on their behalf, is helped by asking for the
 *    *other* layers, which have nothing pending: the browser answers any request with a keyframe in all.
 *    The same mends a request that the network has lost.
 * 3. Who then still has none waits for a layer that does not come: its sender is short of bandwidth, which
 *    the worker notices only after 1500 ms. They get the lowest layer first, and what they wanted as soon
 *    as it is there.
 */
export const KEY_FRAME_SPACING_MS = 350;
/** After the spacing, what the worker held back gets this long to be seen, so that we do not ask twice. */
const GRACE_MS = 20;
const ANSWER_MS = KEY_FRAME_SPACING_MS + GRACE_MS;

export interface KeyFrames {
  /** Begins to note when keyframes of this producer are asked for: a few messages a join, no packets. */
  follow(producer: types.Producer): void;
  /** Watches over a consumer that is being resumed and should show a picture from now on. */
  expectPicture(consumer: types.Consumer): void;
}

/** Keyframe care for one router; `transport` is any direct transport on it. */
export function createKeyFrames(
  transport: types.DirectTransport,
  rtpCapabilities: types.RtpCapabilities,
  log: Logger,
): KeyFrames {
  const browsers = new Map<string, BrowserModel>();

  return {
    follow(producer) {
      if (producer.type !== 'simulcast') return;
      const browser = createBrowserModel();
      browsers.set(producer.id, browser);
      producer.observer.once('close', () => browsers.delete(producer.id));
      producer.on('trace', ({ type }) => {
        if (type === 'pli') browser.noteRequest(performance.now());
      });
      producer.enableTraceEvent(['pli']).catch(logFailure);
    },

    expectPicture(consumer) {
      const browser = browsers.get(consumer.producerId);
      if (browser) watch(consumer, browser).catch(logFailure);
    },
  };

  async function watch(consumer: types.Consumer, browser: BrowserModel): Promise<void> {
    const since = performance.now();
    await delay(Math.max(GRACE_MS, browser.servedAtMs + ANSWER_MS - since), undefined, { ref: false });
    if (!isWaiting(consumer)) return;
    if (browser.servedAtMs < since) await askEveryLayer(consumer.producerId, browser);

    await delay(ANSWER_MS, undefined, { ref: false });
    if (!isWaiting(consumer)) return;
    await askEveryLayer(consumer.producerId, browser);

    await delay(ANSWER_MS, undefined, { ref: false });
    if (!isWaiting(consumer)) return;
    await settleForLowest(consumer);
    await askEveryLayer(consumer.producerId, browser);
  }

  /**
   * A consumer that takes all layers asks for each of them the moment it exists; the worker drops the
   * requests that are pending already. It is closed at once, so no packet to speak of reaches Node.
   */
  async function askEveryLayer(producerId: string, browser: BrowserModel): Promise<void> {
    if (!browser.noteRequest(performance.now())) return;
    const asker = await transport.consume({ producerId, rtpCapabilities, pipe: true });
    asker.close();
  }

  function logFailure(error: unknown): void {
    log.debug({ err: error }, 'keyframe not asked for');
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
