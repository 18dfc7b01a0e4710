import type { types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';

/*
 * The worker keeps what it has sent of a picture for 2 s, to send it again. Whoever comes back from a longer outage asks
 * for all that they have missed (NACK) with the first packet that reaches them, in vain; and without these frames they can
 * show none that comes after. Left alone, browsers ask for a keyframe after 3 s without a frame.
 *
 * The worker counts what was asked for and what it has sent again. It also leaves out what it has sent again within the
 * last round trip, which with loss happens now and then, to a few packets.
 */
const MANY_PACKETS = 10;
const LOOK_EVERY_MS = 100;
/** By then the keyframe is there, and nothing is asked for any more; if not, it or the request for it was lost. */
const HELPED_AFTER_MS = 500;

/** Calls back when a viewer asks again for many packets of a picture that cannot be sent to them any more. */
export function onVainRequests(consumer: types.Consumer, listener: () => void): void {
  if (consumer.kind !== 'video') return;
  let inVain = 0;
  let isAsked = false;
  let isLooking = false;

  async function look(): Promise<void> {
    const before = inVain;
    inVain = await countInVain(consumer);
    if (inVain - before < MANY_PACKETS) return delay(LOOK_EVERY_MS, undefined, { ref: false });
    listener();
    await delay(HELPED_AFTER_MS, undefined, { ref: false });
    inVain = await countInVain(consumer);
  }

  async function lookWhileAsked(): Promise<void> {
    isLooking = true;
    while (isAsked && !consumer.closed) {
      isAsked = false;
      await look();
    }
    isLooking = false;
  }

  consumer.on('trace', ({ type }) => {
    if (type !== 'nack') return;
    isAsked = true;
    // What ends meanwhile has nothing to ask for.
    if (!isLooking) lookWhileAsked().catch(() => undefined);
  });
  // It may have ended already.
  consumer.enableTraceEvent(['nack']).catch(() => undefined);
}

async function countInVain(consumer: types.Consumer): Promise<number> {
  const stats = await consumer.getStats();
  const sent = stats.find(({ type }) => type === 'outbound-rtp');
  return sent ? sent.nackPacketCount - sent.packetsRetransmitted : 0;
}
