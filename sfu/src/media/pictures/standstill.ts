import type { types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';
import type { Beat } from '../beat.ts';

/*
 * The worker scores a simulcast layer 0 after 1500 ms without a packet, and forgets all scores before that (RtpStreamRecv).
 * With the first sender report after the return it counts what was lost meanwhile, and as it remembers nothing else that is
 * 0 again: it takes a picture that comes from all its viewers until the report after that, a second or two later. A report
 * beside those of a few good seconds changes little. So while no media at all comes from a sender their picture is paused:
 * of what is paused the worker expects no packet, and remembers. Nor does it ask into the void for keyframes, after which
 * it would not ask again for a second.
 *
 * A layer that is missing while others, or sound, still come is not touched: there the worker is right. Reports (RTCP) and
 * checks of the connection (STUN) are no media: they may come from somebody whose camera has stopped.
 */
/** Looks, one with each beat, between which nothing came: 0.5 s at least, and soon enough for the 1500 ms. */
const STILL_AFTER_LOOKS = 2;
/** What comes while it is paused is seen by nobody. */
const LOOK_FOR_RETURN_EVERY_MS = 50;
/** Whoever is away for longer has waited so long that a moment more is nothing. */
const QUICK_RETURN_WITHIN_MS = 10_000;

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

/**
 * @param transport - what it is sent through, with all else that comes from its sender
 * @param beat - of the worker that it is sent to
 */
export function watchStandstill(
  picture: Watched,
  transport: Pick<types.WebRtcTransport | types.DirectTransport, 'getStats'>,
  beat: Beat,
): Standstill {
  /** And for whom each listens. */
  const listeners = new Map<() => void, types.Consumer>();
  let isStill = false;
  let stillSince = 0;
  let looks = 0;
  let bytes: number | undefined;

  /** Who has not begun, or whom nobody wants to see, may well send nothing, and is to be seen from their first packet on. */
  function isExpected(): boolean {
    const hasBegun = picture.producer.score.length > 0;
    return hasBegun && !picture.isPaused && [...listeners.values()].some(({ paused }) => !paused);
  }

  async function look(): Promise<void> {
    const [stats] = isExpected() ? await transport.getStats() : [];
    looks = stats !== undefined && stats.rtpBytesReceived === bytes ? looks + 1 : 0;
    bytes = stats?.rtpBytesReceived;
    const isNowStill = looks >= STILL_AFTER_LOOKS;
    if (isStill === isNowStill) return;
    await picture.setStill(isNowStill);
    isStill = isNowStill;
    stillSince = performance.now();
    for (const listener of listeners.keys()) listener();
  }

  async function watch(): Promise<void> {
    while (!picture.producer.closed) {
      const isReturnDue = isStill && performance.now() - stillSince < QUICK_RETURN_WITHIN_MS;
      await (isReturnDue ? delay(LOOK_FOR_RETURN_EVERY_MS, undefined, { ref: false }) : beat.next());
      // What could not be asked or done is tried again, and of what has ended nothing is asked.
      await look().catch(() => undefined);
    }
  }

  void watch();

  return {
    get isStill() {
      return isStill;
    },
    onChanged(listener, viewer) {
      listeners.set(listener, viewer);
      viewer.observer.once('close', () => listeners.delete(listener));
    },
  };
}
