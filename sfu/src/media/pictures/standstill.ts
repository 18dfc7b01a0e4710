import type { types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';

/*
 * The worker scores a simulcast layer 0 after 1500 ms without a packet, and forgets all scores before that (RtpStreamRecv).
 * With the first sender report after the return it counts what was lost meanwhile, and as it remembers nothing else that is
 * 0 again: it takes a picture that comes from all its viewers until the report after that, a second or two later. A report
 * beside those of a few good seconds changes little. So while nothing at all comes from a sender their picture is paused:
 * of what is paused the worker expects no packet, and remembers. Nor does it ask into the void for keyframes, after which
 * it would not ask again for a second.
 *
 * A layer that is missing while others, or sound, still come is not touched: there the worker is right.
 */
const LOOK_EVERY_MS = 350;
/** 700 ms: no hiccup of a sender, and soon enough for the 1500 ms. */
const STILL_AFTER_LOOKS = 2;
/** What comes while it is paused is seen by nobody. */
const LOOK_FOR_RETURN_EVERY_MS = 50;

/** Whether anything comes from the sender of a picture. */
export interface Standstill {
  readonly isStill: boolean;
  /** Calls back with every change, for as long as there is this viewer. */
  onChanged(listener: () => void, viewer: types.Consumer): void;
}

/** Of a picture whose sender is not watched: the worker forgets how it came. */
export const UNWATCHED: Standstill = { isStill: false, onChanged: () => undefined };

/** A picture, and what its owner means it to do. */
export interface Watched {
  readonly producer: types.Producer;
  readonly isPaused: boolean;
  /** Pauses it, whatever its owner means. */
  setStill(isStill: boolean): Promise<void>;
}

/** @param transport - what it is sent through, with all else that comes from its sender */
export function watchStandstill(
  picture: Watched,
  transport: Pick<types.WebRtcTransport | types.DirectTransport, 'getStats'>,
): Standstill {
  const listeners = new Set<() => void>();
  let isStill = false;
  let looks = 0;
  let bytes: number | undefined;

  async function look(): Promise<void> {
    const [stats] = await transport.getStats();
    const isSame = !picture.isPaused && stats !== undefined && stats.bytesReceived === bytes;
    looks = isSame ? looks + 1 : 0;
    bytes = stats?.bytesReceived;
    if (isStill === looks >= STILL_AFTER_LOOKS) return;
    isStill = !isStill;
    await picture.setStill(isStill);
    listeners.forEach((listener) => listener());
  }

  async function watch(): Promise<void> {
    while (!picture.producer.closed) {
      await delay(isStill ? LOOK_FOR_RETURN_EVERY_MS : LOOK_EVERY_MS, undefined, { ref: false });
      await look();
    }
  }

  // What has ended needs no look.
  watch().catch(() => undefined);

  return {
    get isStill() {
      return isStill;
    },
    onChanged(listener, viewer) {
      listeners.add(listener);
      viewer.observer.once('close', () => listeners.delete(listener));
    },
  };
}
