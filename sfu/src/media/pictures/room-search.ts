import type { types } from 'mediasoup';

/*
 * Of a way on which much was lost the worker believes that it carries next to nothing, also when nothing is lost any more.
 * By itself it tries every 5 s whether there is room for twice as much: from 30 kbit/s to the smallest picture that takes
 * half a minute. Allowed to send more than before it tries for all of that at once (`SetBitrates` in libwebrtc's
 * probe_controller.cc), with a handful of packets. So it is allowed less for a moment, and as much as ever again.
 */
const LESS = 500_000;
/** Between one try and the next. A way that is truly narrow is tried rarely: the packets take room from sound. */
const PAUSES_MS = [300, 1_000, 2_000, 4_000, 6_000] as const;
/** Whoever has had their pictures for this long begins anew when they lose them. */
const CALM_MS = 30_000;

/** Looks for room for pictures on the way to one viewer. */
export interface RoomSearch {
  /** Whether this picture has to wait for room. */
  setWaiting(picture: Pick<types.Consumer, 'id'>, isWaiting: boolean): void;
}

export function createRoomSearch(
  way: Pick<types.WebRtcTransport, 'closed' | 'getStats' | 'setMaxOutgoingBitrate'>,
): RoomSearch {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let tries = 0;
  let calmSince = -Infinity;

  function schedule(): void {
    const pause = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)];
    clearTimeout(timer);
    timer = setTimeout(() => void tryNow(), pause).unref();
  }

  async function tryNow(): Promise<void> {
    tries += 1;
    // What has ended meanwhile needs no room.
    await search().catch(() => undefined);
    if (waiting.size > 0 && !way.closed) schedule();
  }

  async function search(): Promise<void> {
    const [stats] = await way.getStats();
    // Whoever is short of room for many pictures only has some, and would lose them by being allowed less.
    if ((stats?.availableOutgoingBitrate ?? Infinity) >= LESS) return;
    await Promise.all([way.setMaxOutgoingBitrate(LESS), way.setMaxOutgoingBitrate(0)]);
  }

  function begin(): void {
    if (performance.now() - calmSince >= CALM_MS) tries = 0;
    schedule();
  }

  function end(): void {
    clearTimeout(timer);
    calmSince = performance.now();
  }

  return {
    setWaiting({ id }, isWaiting) {
      const wasNeeded = waiting.size > 0;
      if (isWaiting) waiting.add(id);
      else waiting.delete(id);
      const isNeeded = waiting.size > 0;
      if (isNeeded === wasNeeded) return;
      if (isNeeded) begin();
      else end();
    },
  };
}
