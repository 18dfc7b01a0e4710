import type { types } from 'mediasoup';

/*
 * Of a way on which much was lost the worker believes that it carries next to nothing, also when nothing is lost any more.
 * By itself it tries every 5 s whether there is room for twice as much: from 30 kbit/s to the smallest picture that takes
 * half a minute. But with every change of what a way may be sent at most, if that is more than it is believed to carry, it
 * tries two steps at once: as much, and twice as much, as far as it was allowed before (`OnMaxTotalAllocatedBitrate` in
 * libwebrtc's probe_controller.cc). So the limit is set for one try, and lifted for the next.
 *
 * A try is two bursts of 15 ms: some 16 packets with less than 3 kB in them. Pages of which no picture comes for 5 s let
 * pictures rest, and try them again for 5 s (`AudioFirst`): whenever pictures begin to wait, the search begins anew, as it
 * must find room within that time.
 */
/** Bits a second: some small pictures, and sound. */
const LIMIT = 500_000;
const NO_LIMIT = 0;
/** Until the first try and between one and the next. A way that is truly narrow is tried rarely: a try takes room from sound. */
const PAUSES_MS = [300, 1_000, 2_000, 4_000, 8_000] as const;
/** However often pictures come and go. */
const LEAST_PAUSE_MS = 1_000;

/** Looks for room for pictures on the way to one viewer. */
export interface RoomSearch {
  /** Whether this picture has to wait for room. */
  setWaiting(picture: Pick<types.Consumer, 'id'>, isWaiting: boolean): void;
}

export function createRoomSearch(
  way: Pick<types.WebRtcTransport | types.PlainTransport, 'closed' | 'getStats' | 'setMaxOutgoingBitrate'>,
): RoomSearch {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let limit = NO_LIMIT;
  let tries = 0;
  let triedAtMs = -Infinity;

  function schedule(): void {
    const pause = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] ?? LEAST_PAUSE_MS;
    const stillForbidden = triedAtMs + LEAST_PAUSE_MS - performance.now();
    clearTimeout(timer);
    timer = setTimeout(() => void tryNow(), Math.max(pause, stillForbidden)).unref();
  }

  async function tryNow(): Promise<void> {
    tries += 1;
    triedAtMs = performance.now();
    await search().catch(ignoreEnded);
    if (waiting.size > 0 && !way.closed) schedule();
  }

  async function search(): Promise<void> {
    const [stats] = await way.getStats();
    const available = stats?.availableOutgoingBitrate ?? Infinity;
    // Whoever is short of room for many pictures only has some, and would lose them under the limit.
    const isTryDue = waiting.size > 0 && available < LIMIT;
    await setLimit(isTryDue && limit === NO_LIMIT ? LIMIT : NO_LIMIT);
  }

  async function setLimit(bitrate: number): Promise<void> {
    if (bitrate === limit) return;
    limit = bitrate;
    await way.setMaxOutgoingBitrate(bitrate);
  }

  function begin(): void {
    tries = 0;
    schedule();
  }

  function end(): void {
    clearTimeout(timer);
    setLimit(NO_LIMIT).catch(ignoreEnded);
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

/** What has ended meanwhile needs no room. */
function ignoreEnded(): void {}
