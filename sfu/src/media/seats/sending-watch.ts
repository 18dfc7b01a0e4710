import type { types } from 'mediasoup';
import type { Beat } from '../beat.ts';
import type { Overdraft, SendingState } from './overdraft.ts';

/** Some 2 s: rarer than anything else that is asked of a worker about a seat. */
const LOOK_EVERY_BEATS = 6;
/**
 * Times what somebody may send: headers and what is sent again take a third at most, and browsers try for moments how
 * much more the network would carry.
 */
const MARGIN = 2;

type ReceivedStats = Pick<
  types.WebRtcTransportStat,
  'timestamp' | 'rtpBytesReceived' | 'rtxBytesReceived' | 'rtpRecvBitrate' | 'rtxRecvBitrate'
>;

export interface SendingWatchOptions {
  /** What they send their tracks through, new. */
  readonly end: Pick<types.WebRtcTransport, 'closed' | 'dtlsState'> & {
    getStats(): Promise<readonly ReceivedStats[]>;
  };
  /** Of the worker that it is on. */
  readonly beat: Beat;
  /** Theirs, whatever they have sent through before. */
  readonly overdraft: Overdraft;
  /** What they may send, bits a second. */
  readonly cap: () => number;
  /** Told of every change, and of the bits a second that come; told again when it could not be done. */
  readonly onChanged: (state: SendingState, bitrate: number) => Promise<void> | void;
  readonly onFailed: (error: unknown) => void;
}

export interface SendingWatch {
  /** Also counts what has come since the last look. To be called before the end is closed. */
  stop(): void;
}

/**
 * Looks at what truly arrives from somebody, whatever they have announced, until their end is closed. A browser keeps to
 * what it is told (`setMaxIncomingBitrate`); a client that does not is found out here. Each look reads counters that the
 * worker has anyway, over the time that the worker says has gone by: a process or a worker that was held up sees no flood.
 */
export function watchSending(options: SendingWatchOptions): SendingWatch {
  const { end, beat, overdraft, cap, onChanged, onFailed } = options;
  let counted = 0;
  let state: SendingState = 'within';

  /** Answers with the bits a second that come. The worker takes questions in turn, so it may close the end right after. */
  async function count(): Promise<number> {
    const allowed = cap() * MARGIN;
    const { bytes, atMs, bitrate } = await read(end);
    overdraft.count({ bytes: bytes - counted, atMs }, allowed);
    counted = bytes;
    return bitrate;
  }

  async function look(): Promise<void> {
    const bitrate = hasBegun(end) ? await count() : 0;
    const now = overdraft.state;
    if (now === state || end.closed) return;
    await onChanged(now, bitrate);
    state = now;
  }

  // What has ended while it was asked says no more.
  const failed = (error: unknown): void => {
    if (!end.closed) onFailed(error);
  };

  async function watch(): Promise<void> {
    while (!end.closed) {
      await look().catch(failed);
      await beat.next(LOOK_EVERY_BEATS);
    }
  }

  void watch();
  return {
    stop() {
      if (!end.closed) void count().catch(failed);
    },
  };
}

/** Whoever only watches never begins; nothing that comes before can be encrypted with their key. */
function hasBegun({ dtlsState }: SendingWatchOptions['end']): boolean {
  return dtlsState !== 'new' && dtlsState !== 'connecting';
}

/**
 * Only what the worker has found to be encrypted with the key of this transport: whatever claims to come from somebody's
 * address counts in `bytesReceived`, whoever has sent it.
 */
async function read(end: SendingWatchOptions['end']) {
  const [stats] = await end.getStats();
  if (!stats) throw new Error('a transport without statistics');
  const { timestamp, rtpBytesReceived, rtxBytesReceived, rtpRecvBitrate, rtxRecvBitrate } = stats;
  return {
    bytes: rtpBytesReceived + rtxBytesReceived,
    atMs: timestamp,
    bitrate: rtpRecvBitrate + rtxRecvBitrate,
  };
}
