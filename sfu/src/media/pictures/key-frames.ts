import type { Logger } from '@careconnect/platform';
import type { types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';
import { createBrowserModel, type BrowserModel } from './key-frame-model.ts';
import { isLayered, isWaiting, rechooseLayers, settleForLowest, untilChosen } from './layer-choice.ts';
import { onSimulcastHeard, onSvcSilent } from './liveness.ts';
import { watchPackets, type PacketWatch } from './packet-watch.ts';
import type { Standstill } from './standstill.ts';

/*
 * A viewer sees nothing before a keyframe. A browser's encoder makes at most one in 300 ms on request,
 * counted over all its simulcast layers, and drops what is asked too early. mediasoup's worker
 * (KeyFrameRequestManager) keeps one request per layer pending and repeats it after 1000 ms, and while it
 * is pending swallows further requests for that layer. So a request that the browser dropped, or the
 * network lost, would cost the viewer a second.
 *
 * Four things together keep the wait short:
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
 * 4. The worker chooses a viewer's layer by bitrates, and knows none before it has counted packets of it. Whoever
 *    is resumed before the sender's first frame, or watches a sender who is heard again after an outage, therefore
 *    has no layer, and the worker looks again only after 1000 ms. So we have it choose anew with the sender's first
 *    keyframe; or, where a sender goes on without one, until there is a choice.
 *
 * With all layers in one stream (SVC) there are no other layers to ask for: a request that is lost is repeated by the
 * worker. Nor does it say that such a sender is heard again, so from when they are silent it is asked for their next packet
 * (`liveness.ts`). The rest holds.
 */
export const KEY_FRAME_SPACING_MS = 350;
/** After the spacing, what the worker held back gets this long to be seen, so that we do not ask twice. */
const GRACE_MS = 20;
/** The worker tells of a keyframe before it tells who has got it. */
const FORWARDED_AFTER_MS = 10;
const ANSWER_MS = KEY_FRAME_SPACING_MS + GRACE_MS;

/** The router that a producer is on, and a way to ask for all that it sends. */
interface SendingPart {
  readonly router: types.Router;
  readonly direct: types.DirectTransport;
}

export interface KeyFrames {
  /**
   * Begins to note when keyframes of this producer are asked for: a few messages a join, no packets.
   * @param part - where it is sent to
   */
  follow(producer: types.Producer, part: SendingPart): void;
  /** Watches over a consumer that is being resumed and should show a picture from now on. */
  expectPicture(consumer: types.Consumer): void;
  /** As above, whenever the sender of this consumer is heard again. */
  watchReturns(consumer: types.Consumer, standstill: Standstill): void;
}

/** One consumer may be watched over for several reasons at once. */
interface Care {
  readonly consumer: types.Consumer;
}

/** A producer with layers, and who is watched over and has no picture of it yet. */
interface Sender {
  readonly browser: BrowserModel;
  readonly part: SendingPart;
  readonly packets: PacketWatch;
  readonly cares: Set<Care>;
}

/** Keyframe care for one room, on whatever workers its senders and viewers are. */
export function createKeyFrames(log: Logger): KeyFrames {
  const senders = new Map<string, Sender>();

  return {
    follow(producer, part) {
      if (!isLayered(producer)) return;
      const packets = watchPackets(producer, ['pli', 'keyframe'], logFailure);
      const sender: Sender = { browser: createBrowserModel(), part, packets, cares: new Set() };
      senders.set(producer.id, sender);
      producer.observer.once('close', () => senders.delete(producer.id));
      producer.on('trace', ({ type }) => {
        if (type === 'pli') sender.browser.noteRequest(performance.now());
        else if (type === 'keyframe') keyFrameCame(sender).catch(logFailure);
      });
    },

    expectPicture: (consumer) => careFor(consumer, (sender) => watch(consumer, sender)),

    watchReturns(consumer, standstill) {
      const welcomeNext = (): void =>
        careFor(consumer, async (sender) => {
          await sender.packets.next();
          await welcome(consumer, sender);
        });
      onSimulcastHeard(consumer, () => careFor(consumer, (sender) => welcome(consumer, sender)));
      onSvcSilent(consumer, welcomeNext);
      standstill.onChanged(() => standstill.isStill || welcomeNext(), consumer);
    },
  };

  function careFor(consumer: types.Consumer, how: (sender: Sender) => Promise<void>): void {
    const sender = senders.get(consumer.producerId);
    if (!sender) return;
    const care: Care = { consumer };
    sender.cares.add(care);
    how(sender)
      .catch(logFailure)
      .finally(() => sender.cares.delete(care));
  }

  async function keyFrameCame({ cares }: Sender): Promise<void> {
    if (cares.size === 0) return;
    await delay(FORWARDED_AFTER_MS, undefined, { ref: false });
    const viewers = new Set([...cares].map(({ consumer }) => consumer));
    await Promise.all([...viewers].filter(isWaiting).map(rechooseLayers));
  }

  /** Its sender is heard again. */
  async function welcome(consumer: types.Consumer, sender: Sender): Promise<void> {
    const since = performance.now();
    await untilChosen(consumer, () => sender.browser.servedAtMs >= since);
    await watch(consumer, sender);
  }

  async function watch(consumer: types.Consumer, sender: Sender): Promise<void> {
    const { browser } = sender;
    const since = performance.now();
    await delay(Math.max(GRACE_MS, browser.servedAtMs + ANSWER_MS - since), undefined, { ref: false });
    if (!isWaiting(consumer)) return;
    if (browser.servedAtMs < since) await askEveryLayer(consumer.producerId, sender);

    await delay(ANSWER_MS, undefined, { ref: false });
    if (!isWaiting(consumer)) return;
    await askEveryLayer(consumer.producerId, sender);

    await delay(ANSWER_MS, undefined, { ref: false });
    if (!isWaiting(consumer)) return;
    await settleForLowest(consumer);
    await askEveryLayer(consumer.producerId, sender);
  }

  /**
   * A consumer that takes all layers asks for each of them the moment it exists; the worker drops the
   * requests that are pending already. It is closed at once, so no packet to speak of reaches Node.
   */
  async function askEveryLayer(producerId: string, { browser, part }: Sender): Promise<void> {
    if (!browser.noteRequest(performance.now())) return;
    const { direct, router } = part;
    const { rtpCapabilities } = router;
    const asker = await direct.consume({ producerId, rtpCapabilities, pipe: true });
    asker.close();
  }

  function logFailure(error: unknown): void {
    log.debug({ err: error }, 'keyframe not asked for');
  }
}
