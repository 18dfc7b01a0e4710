import type { types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';
import { Overdraft, type SendingState } from './overdraft.ts';

/** Rarer than anything else that is asked of a worker about a seat. */
const LOOK_EVERY_MS = 2_000;
/**
 * Times what somebody may send: headers and what is sent again take a third at most, and browsers try for moments how
 * much more the network would carry.
 */
const MARGIN = 2;

export type WatchedEnd = Pick<types.WebRtcTransport, 'getStats' | 'closed'>;

export interface SendingWatchOptions {
  /** All that somebody may send packets to, whether they are of any use there or not. */
  readonly ends: readonly WatchedEnd[];
  /** What they may send, bits a second. */
  readonly cap: () => number;
  /** Told of every change, and of the bits a second that came last. */
  readonly onChanged: (state: SendingState, bitrate: number) => Promise<void> | void;
}

/**
 * Looks at what truly arrives from somebody, whatever they have announced, until their ends are closed. A browser keeps to
 * what it is told (`setMaxIncomingBitrate`); a client that does not is found out here. Each look reads counters that the
 * worker has anyway, over the time that the worker says has gone by: a process or a worker that was held up sees no flood.
 */
export function watchSending({ ends, cap, onChanged }: SendingWatchOptions): void {
  const overdraft = new Overdraft();
  let last: Reading | null = null;
  let state: SendingState = 'within';

  async function look(): Promise<void> {
    const before = last;
    last = await read(ends);
    if (!before) return;
    const bytes = last.bytes - before.bytes;
    const seconds = (last.atMs - before.atMs) / 1_000;
    const now = overdraft.count(bytes, seconds, cap() * MARGIN);
    if (now === state) return;
    state = now;
    await onChanged(now, Math.round((bytes * 8) / seconds));
  }

  async function watch(): Promise<void> {
    while (!ends.some(({ closed }) => closed)) {
      // What has ended while it was asked says no more.
      await look().catch(() => undefined);
      await delay(LOOK_EVERY_MS, undefined, { ref: false });
    }
  }

  void watch();
}

interface Reading {
  readonly bytes: number;
  readonly atMs: number;
}

async function read(ends: readonly WatchedEnd[]): Promise<Reading> {
  const stats = (await Promise.all(ends.map((end) => end.getStats()))).flat();
  return {
    bytes: stats.reduce((sum, { bytesReceived }) => sum + bytesReceived, 0),
    atMs: Math.max(...stats.map(({ timestamp }) => timestamp)),
  };
}
