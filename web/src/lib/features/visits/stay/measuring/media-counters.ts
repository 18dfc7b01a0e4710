import type { MediaKind } from '@careconnect/contracts';

/** What webrtc-stats counts of one RTP stream since the beginning, at one moment. Seconds, as counted there. */
export interface StreamCounters {
  readonly kind: MediaKind;
  readonly packets: number;
  readonly bytes: number;
  readonly frames: number;
  readonly frameWidth: number | null;
  readonly frameHeight: number | null;
}

export interface InboundCounters extends StreamCounters {
  readonly packetsLost: number;
  readonly jitter: number | null;
  readonly jitterBufferDelay: number;
  readonly jitterBufferEmittedCount: number;
  /** Without those that replace silence by silence. */
  readonly concealedSamples: number;
  readonly totalSamplesReceived: number;
  readonly freezeCount: number;
  readonly totalFreezesDuration: number;
}

/** What the receiver of an outbound stream has reported of it. */
export interface ReceiverCounters {
  readonly kind: MediaKind;
  readonly packetsLost: number;
  readonly jitter: number | null;
  readonly roundTripTime: number | null;
}

/** Streams by the id that the browser gives them. */
export interface MediaCounters {
  readonly inbound: ReadonlyMap<string, InboundCounters>;
  readonly outbound: ReadonlyMap<string, StreamCounters>;
  readonly receivers: ReadonlyMap<string, ReceiverCounters>;
  readonly roundTripTime: number | null;
  /** Of the connection that sends: the guess of the other one is never put to the test. */
  readonly availableOutgoingBitrate: number | null;
}

/** A browser leaves out what it does not know; DOM's types do not have all of it. */
type Stat = RTCStats & Readonly<Record<string, unknown>>;

/** Reads the reports of both directions. */
export function readCounters(reports: readonly RTCStatsReport[]): MediaCounters {
  const inbound = new Map<string, InboundCounters>();
  const outbound = new Map<string, StreamCounters>();
  const receivers = new Map<string, ReceiverCounters>();
  const trips: number[] = [];
  let availableOutgoingBitrate: number | null = null;
  for (const report of reports) {
    const stats: Stat[] = [...report.values()] as Stat[];
    const isSending = stats.some(({ type }) => type === 'outbound-rtp');
    for (const stat of stats) {
      if (stat.type === 'inbound-rtp') inbound.set(stat.id, readInbound(stat));
      else if (stat.type === 'outbound-rtp') outbound.set(stat.id, readStream(stat, 'Sent'));
      else if (stat.type === 'remote-inbound-rtp') receivers.set(stat.id, readReceiver(stat));
      else if (stat.type === 'candidate-pair' && stat['nominated'] === true) {
        trips.push(...known(stat, 'currentRoundTripTime'));
        if (isSending) availableOutgoingBitrate = maybe(stat, 'availableOutgoingBitrate');
      }
    }
  }
  return {
    inbound,
    outbound,
    receivers,
    roundTripTime: trips.length > 0 ? Math.max(...trips) : null,
    availableOutgoingBitrate,
  };
}

function readStream(stat: Stat, end: 'Sent' | 'Received'): StreamCounters {
  return {
    kind: kindOf(stat),
    packets: count(stat, `packets${end}`),
    bytes: count(stat, `bytes${end}`),
    frames: count(stat, end === 'Sent' ? 'framesSent' : 'framesDecoded'),
    frameWidth: maybe(stat, 'frameWidth'),
    frameHeight: maybe(stat, 'frameHeight'),
  };
}

function readInbound(stat: Stat): InboundCounters {
  return {
    ...readStream(stat, 'Received'),
    packetsLost: count(stat, 'packetsLost'),
    jitter: maybe(stat, 'jitter'),
    jitterBufferDelay: count(stat, 'jitterBufferDelay'),
    jitterBufferEmittedCount: count(stat, 'jitterBufferEmittedCount'),
    concealedSamples: count(stat, 'concealedSamples') - count(stat, 'silentConcealedSamples'),
    totalSamplesReceived: count(stat, 'totalSamplesReceived'),
    freezeCount: count(stat, 'freezeCount'),
    totalFreezesDuration: count(stat, 'totalFreezesDuration'),
  };
}

function readReceiver(stat: Stat): ReceiverCounters {
  return {
    kind: kindOf(stat),
    packetsLost: count(stat, 'packetsLost'),
    jitter: maybe(stat, 'jitter'),
    roundTripTime: maybe(stat, 'roundTripTime'),
  };
}

function kindOf(stat: Stat): MediaKind {
  return stat['kind'] === 'video' ? 'video' : 'audio';
}

function known(stat: Stat, name: string): number[] {
  const value = stat[name];
  return typeof value === 'number' && Number.isFinite(value) ? [value] : [];
}

function maybe(stat: Stat, name: string): number | null {
  return known(stat, name)[0] ?? null;
}

function count(stat: Stat, name: string): number {
  return maybe(stat, name) ?? 0;
}
